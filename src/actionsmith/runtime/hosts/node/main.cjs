// The JavaScript host. It knows no trigger: it loads code, builds `api` from the method list it is sent,
// runs a handler, and carries calls and console lines over a pipe of its own (one JSON object a line).
// `node main.cjs READ WRITE`, with the two descriptors of the pipe.
'use strict';

const fs = require('node:fs');
const { currentLine } = require('./errors.cjs');
const { Host } = require('./host.cjs');
const { watchLines } = require('./http-lines.cjs');
const { recordAll } = require('./http-record.cjs');
const { Pipe } = require('./pipe.cjs');
const { seal } = require('./seal.cjs');
const { forgetModules, refuseViews } = require('./secrecy.cjs');
const { watchStreams } = require('./streams.cjs');

const NEVER_SETTLES =
  'the handler waits for something that can no longer happen: its promise never settles ' +
  '(the platform would stop it at the time limit)';

// Node keeps ten frames: too few to reach the Action from deep inside a package.
Error.stackTraceLimit = 100;

const { readSync, writeSync } = fs; // an Action may replace them
const exit = process.exit.bind(process);
const [read, write] = process.argv.slice(2).map(Number);
const pipe = new Pipe(
  (buffer, at, length) => readSync(read, buffer, at, length, null),
  (data, at, length) => writeSync(write, data, at, length),
);

// What an Action does behind the back of its handler ends the handler; before that, it ends the host.
function serveProcess(host) {
  process.on('unhandledRejection', (reason) => host.settle?.(reason));
  process.on('uncaughtException', (error) => {
    if (host.settle) return host.settle(error);
    host.fail(error);
    exit(1);
  });
  process.on('beforeExit', () => host.settle?.(neverEnds()));
  process.exit = (code) => {
    const told = Number(code ?? process.exitCode ?? 0) || 0;
    host.conclude({ __proto__: null, t: 'exit', code: told, line: currentLine(host.file) });
    exit(code);
  };
}

function neverEnds() {
  const error = new Error(NEVER_SETTLES);
  error.name = 'NeverEnds';
  return error;
}

// An Action that waits would outlive a parent that was killed; one that computes meets its CPU limit.
function endWithParent() {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && exit(0), 1000).unref();
}

// The clock, the chance and the network that the first order asks for.
function surround({ now, seed, stubs }, recording, lineOf) {
  if (now !== null || seed !== null) require('./clock.cjs').freeze({ now, seed }); // seldom asked for
  if (!stubs) return;
  recording.stop();
  require('./http-answers.cjs').answerAll(pipe, lineOf);
}

async function main() {
  const host = new Host(pipe);
  watchStreams();
  serveProcess(host);
  endWithParent();
  pipe.open();
  const lineOf = watchLines(host.lineNow);
  const recording = recordAll(pipe, lineOf);
  seal();
  const setFlags = refuseViews();
  let order = pipe.receive();
  if (order.rehearse) {
    await require('./rehearsal.cjs').rehearse();
    order = pipe.receive();
  }
  surround(order, recording, lineOf);
  if (order.coverage) host.covered = require('./coverage.cjs').count(order.code, order.coverage, setFlags);
  forgetModules(module);
  if (!host.load(order)) exit(0);
  for (;;) await host.call(pipe.receive());
}

main();
