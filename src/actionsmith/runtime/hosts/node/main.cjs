// The JavaScript host. It knows no trigger: it loads code, builds `api` from the method list it is sent,
// runs a handler, and carries calls and console lines over a pipe of its own (one JSON object a line).
// `node main.cjs READ WRITE`, with the two descriptors of the pipe.
'use strict';

const fs = require('node:fs');
const { currentLine } = require('./errors.cjs');
const { Host } = require('./host.cjs');
const { Pipe } = require('./pipe.cjs');
const { rehearse } = require('./rehearsal.cjs');
const { watchStreams } = require('./streams.cjs');

const NEVER_SETTLES =
  'the handler waits for something that can no longer happen: its promise never settles ' +
  '(the platform would stop it at the time limit)';

// Node keeps ten frames: too few to reach the Action from deep inside a package.
Error.stackTraceLimit = 100;

const exit = process.exit.bind(process);
const [read, write] = process.argv.slice(2).map(Number);
const pipe = new Pipe(
  (chunk) => fs.readSync(read, chunk, 0, chunk.length, null),
  (data, at) => fs.writeSync(write, data, at),
);

// What an Action does behind the back of its handler ends the handler; before that, it ends the host.
function serveProcess(host) {
  process.on('unhandledRejection', (reason) => host.settle?.(reason));
  process.on('uncaughtException', (error) => {
    if (host.settle) return host.settle(error);
    host.fail(error);
    exit(1);
  });
  process.on('beforeExit', () => host.settle?.(new Error(NEVER_SETTLES)));
  process.exit = (code) => {
    host.pipe.send({ t: 'exit', code: Number(code ?? process.exitCode ?? 0) || 0, line: currentLine(host.file) });
    exit(code);
  };
}

// An Action that waits would outlive a parent that was killed; one that computes meets its CPU limit.
function endWithParent() {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && exit(0), 1000).unref();
}

async function main() {
  const host = new Host(pipe);
  watchStreams();
  serveProcess(host);
  endWithParent();
  await rehearse();
  if (!host.load(pipe.receive())) exit(0);
  for (;;) await host.call(pipe.receive());
}

main();
