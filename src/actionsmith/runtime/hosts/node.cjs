// The JavaScript host. It knows no trigger: it loads code, builds `api` from the method list it is sent,
// runs a handler, and carries calls and console lines over a pipe of its own (one JSON object a line).
'use strict';

const fs = require('node:fs');
const util = require('node:util');
const path = require('node:path');
const vm = require('node:vm');
const { Console } = require('node:console');
const { createRequire, registerHooks } = require('node:module');
const { performance } = require('node:perf_hooks');
const { pathToFileURL } = require('node:url');

const READ = Number(process.argv[2]);
const WRITE = Number(process.argv[3]);
const CONSOLE_CHUNK = 65536;
const { parse, stringify } = JSON;
const realExit = process.exit.bind(process);
const realNow = performance.now.bind(performance);

// Node keeps ten frames: too few to reach the Action from deep inside a package.
Error.stackTraceLimit = 100;

let file = '';
let started = realNow();
let consoleLeft = 0;
let consoleDropped = 0;
let stage = 'load';
let settle = null; // ends the handler that is running, from outside of it

// --- the pipe -------------------------------------------------------------------------------------

let incoming = Buffer.alloc(0);
const chunk = Buffer.allocUnsafe(1 << 16);

function receive() {
  const pieces = [];
  for (;;) {
    const end = incoming.indexOf(10);
    if (end >= 0) {
      pieces.push(incoming.subarray(0, end));
      incoming = incoming.subarray(end + 1);
      return parse(Buffer.concat(pieces).toString('utf8'));
    }
    pieces.push(incoming);
    const count = fs.readSync(READ, chunk, 0, chunk.length, null);
    if (count === 0) realExit(0); // the parent is gone
    incoming = Buffer.from(chunk.subarray(0, count));
  }
}

function send(frame) {
  const data = Buffer.from(stringify(frame) + '\n', 'utf8');
  for (let at = 0; at < data.length; ) at += fs.writeSync(WRITE, data, at);
}

// --- where in the Action --------------------------------------------------------------------------

function currentLine() {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder = {};
  try {
    Error.prepareStackTrace = (_, sites) => sites;
    Error.stackTraceLimit = 64;
    Error.captureStackTrace(holder, currentLine);
    const site = holder.stack.find((candidate) => candidate.getFileName() === file);
    return site ? site.getLineNumber() : null;
  } catch {
    return null; // the Action has frozen or replaced what is needed here
  } finally {
    Reflect.set(Error, 'prepareStackTrace', prepareStackTrace);
    Reflect.set(Error, 'stackTraceLimit', stackTraceLimit);
  }
}

const HOST_FRAME = /^\s+at (?:.*[(\s])?(?:node:|\S*[\\/]hosts[\\/]node\.cjs).*$/;

function describe(error) {
  try {
    return describeError(error);
  } catch {
    const message = 'the Action threw a value that throws by itself when it is looked at';
    return { name: 'Error', message, line: null, column: null, stack: '' };
  }
}

function describeError(error) {
  if (!(error instanceof Error) && !util.types.isNativeError(error)) {
    const text = typeof error === 'string' ? error : util.inspect(error);
    return { name: 'Error', message: text, line: null, column: null, stack: `Thrown: ${text}` };
  }
  let stack = '';
  try {
    stack = String(error.stack ?? '');
  } catch {
    // a getter that throws: go without
  }
  let message = String(error.message);
  if (error.code === 'MODULE_NOT_FOUND') {
    [message] = message.split('\n');
    stack = stack.replace(/\nRequire stack:(?:\n- .*)*/, '');
  }
  if (error.code === 'ERR_ACCESS_DENIED') {
    const what = error.resource ? `${error.permission} of ${error.resource}` : error.permission;
    const refused = `an Action may not do this: ${what}`;
    stack = stack.replace(message, refused);
    message = refused;
  }
  let line = null;
  let column = null;
  if (error.name === 'SyntaxError' && stack.startsWith(`${file}:`)) {
    line = Number.parseInt(stack.slice(file.length + 1), 10) || null;
    const caret = /^( *)\^/m.exec(stack);
    column = caret ? caret[1].length + 1 : null;
  } else {
    const at = stack.indexOf(`${file}:`);
    const found = at < 0 ? null : /^(\d+):(\d+)/.exec(stack.slice(at + file.length + 1));
    if (found) [line, column] = [Number(found[1]), Number(found[2])];
  }
  const shown = stack.split('\n').filter((text) => !HOST_FRAME.test(text));
  if (shown.at(-1)?.trim() === 'at new Promise (<anonymous>)') shown.pop(); // the host's own
  return { name: String(error.name), message, line, column, stack: shown.join('\n') };
}

// --- console --------------------------------------------------------------------------------------

function say(level, text, line) {
  if (text.length >= consoleLeft) {
    consoleDropped += 1;
    text = text.slice(0, consoleLeft);
    consoleLeft = 0;
    if (!text) return;
  } else {
    consoleLeft -= text.length + 1; // an empty line costs its end
  }
  for (let at = 0; at < text.length || at === 0; at += CONSOLE_CHUNK) {
    send({ t: 'console', level, text: text.slice(at, at + CONSOLE_CHUNK), line, at: realNow() - started });
  }
}

// Standard output and error themselves: what an Action writes there in large pieces is written later.
const rawStreams = new Set();
for (const name of ['stdout', 'stderr']) {
  const { get } = Object.getOwnPropertyDescriptor(process, name);
  const touched = () => {
    const stream = get.call(process);
    rawStreams.add(stream);
    return stream;
  };
  Object.defineProperty(process, name, { configurable: true, enumerable: true, get: touched });
}

function finished(stream) {
  return new Promise((resolve) => stream.write('', resolve));
}

const LEVELS = new Set(['info', 'warn', 'debug', 'trace']);

function makeConsole() {
  let level = 'log';
  const stream = (fallback) => ({
    write(text) {
      say(level === 'log' ? fallback : level, String(text).replace(/\n$/, ''), currentLine());
      return true;
    },
    on() {},
    once() {},
    removeListener() {},
    listenerCount: () => 0,
  });
  const made = new Console({ stdout: stream('log'), stderr: stream('error'), colorMode: false });
  for (const name of ['log', 'error', 'info', 'warn', 'debug', 'trace', 'dir', 'table']) {
    const original = made[name].bind(made);
    made[name] = (...args) => {
      if (consoleLeft === 0) {
        consoleDropped += 1; // the limit is reached: do not even format
        return;
      }
      level = LEVELS.has(name) ? name : 'log';
      try {
        original(...args);
      } finally {
        level = 'log';
      }
    };
  }
  return made;
}

// --- api ------------------------------------------------------------------------------------------

let event = null;

function applyPatches(patches) {
  for (const [dotted, value] of patches) {
    const names = dotted.split('.');
    const last = names.pop();
    let owner = event;
    for (const name of names) owner = owner[name] ??= {};
    owner[last] = value;
  }
}

function ask(spec, api, args) {
  const undef = [];
  const plain = args.map((value, index) => {
    if (value === undefined || typeof value === 'function' || typeof value === 'symbol') {
      undef.push(index);
      return null;
    }
    return value;
  });
  send({ t: 'call', path: spec.path, args: plain, undefined: undef, line: currentLine(), wait: spec.ask });
  if (!spec.ask) return spec.chain ? api : undefined;
  const answer = receive();
  if (answer.patches) applyPatches(answer.patches);
  if (answer.error) {
    const Kind = answer.error.name === 'TypeError' ? TypeError : Error;
    throw new Kind(answer.error.message);
  }
  if (answer.gives === 'api') return api;
  return answer.gives === 'value' ? answer.value : undefined;
}

function buildApi(methods) {
  const api = {};
  for (const spec of methods) {
    const names = spec.path.split('.');
    const last = names.pop();
    let owner = api;
    for (const name of names) owner = owner[name] ??= {};
    owner[last] = spec.async
      ? async (...args) => ask(spec, api, args)
      : (...args) => ask(spec, api, args);
  }
  return api;
}

// --- loading and running --------------------------------------------------------------------------

function makeRequire(frame) {
  const bases = [...frame.folders, process.cwd()].map((folder) => createRequire(path.join(folder, 'action.js')));
  const overrides = Object.entries(frame.overrides);
  const find = (name) => {
    for (const [replaced, folder] of overrides) {
      if (name === replaced) return [bases[0], folder];
      if (name.startsWith(`${replaced}/`)) return [bases[0], path.join(folder, name.slice(replaced.length + 1))];
    }
    return [bases[0], name];
  };
  const load = (name) => {
    const [base, target] = find(name);
    return base(target);
  };
  serveImports(bases[0], find);
  load.resolve = (name) => {
    const [base, target] = find(name);
    return base.resolve(target);
  };
  return load;
}

// `await import('got')` in the Action finds what `require` finds: its packages are not beside its file.
function serveImports(base, find) {
  const own = path.isAbsolute(file) ? pathToFileURL(file).href : undefined;
  const parentURL = pathToFileURL(base.resolve.paths('.')[0] + path.sep).href;
  registerHooks?.({
    resolve(name, context, next) {
      if (context.parentURL !== own || !/^[\w@]/.test(name) || name.includes(':')) return next(name, context);
      const [, target] = find(name);
      if (target !== name) return next(pathToFileURL(base.resolve(target)).href, context);
      return next(name, { ...context, parentURL });
    },
  });
}

function freeze(frame) {
  if (frame.now !== null) {
    const now = frame.now;
    const RealDate = Date;
    globalThis.Date = class Date extends RealDate {
      constructor(...args) {
        super(...(args.length === 0 ? [now] : args));
      }
      static now() {
        return now;
      }
    };
  }
  if (frame.seed !== null) {
    let state = frame.seed >>> 0;
    Math.random = () => {
      // mulberry32
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }
}

function load(frame) {
  file = frame.filename;
  consoleLeft = frame.console_limit;
  started = realNow();
  freeze(frame);
  globalThis.console = makeConsole();
  const module = { exports: {}, id: file, filename: file };
  const compiled = vm.compileFunction(
    frame.code,
    ['exports', 'require', 'module', '__filename', '__dirname'],
    { filename: file, importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER },
  );
  const home = frame.folders[0] ?? process.cwd();
  compiled.call(module.exports, module.exports, makeRequire(frame), module, path.join(home, 'action.js'), home);
  return module.exports;
}

// Names that can be called on the exports: its own, and methods of its class, which are not enumerable.
function exportedNames(exported) {
  const names = new Set(Object.keys(exported ?? {}));
  for (let owner = exported; isHolder(owner); owner = Object.getPrototypeOf(owner)) {
    for (const name of Object.getOwnPropertyNames(owner)) {
      if (name !== 'constructor' && typeof exported[name] === 'function') names.add(name);
    }
  }
  return [...names];
}

function isHolder(value) {
  return typeof value === 'object' && value !== null && value !== Object.prototype;
}

function kindOf(value) {
  // a generator is no handler: calling it would run nothing
  if (util.types.isAsyncFunction(value) && !util.types.isGeneratorFunction(value)) return 'async';
  return typeof value === 'function' ? 'function' : 'other';
}

function usage(before, cpuBefore) {
  const cpu = process.cpuUsage(cpuBefore);
  return {
    duration: realNow() - before,
    cpu: (cpu.user + cpu.system) / 1000,
    memory: process.resourceUsage().maxRSS * 1024,
    dropped: consoleDropped,
  };
}

async function run(exported, frame) {
  event = frame.event;
  started = realNow();
  const before = started;
  const cpuBefore = process.cpuUsage();
  try {
    await new Promise((resolve, reject) => {
      settle = reject;
      exported[frame.handler](event, buildApi(frame.methods)).then(resolve, reject);
    });
    await Promise.all([...rawStreams].map((stream) => stream.writableLength && finished(stream)));
    // one turn of the event loop: a rejection that nobody handles shows up now
    await new Promise((resolve, reject) => {
      settle = reject;
      setImmediate(resolve);
    });
    send({ t: 'done', ...usage(before, cpuBefore) });
  } catch (error) {
    send({ t: 'failed', stage: 'call', error: describe(error), ...usage(before, cpuBefore) });
  } finally {
    settle = null;
  }
}

process.on('unhandledRejection', (reason) => settle?.(reason));
process.on('uncaughtException', (error) => {
  if (settle) return settle(error);
  send({ t: 'failed', stage, error: describe(error), ...usage(started) });
  realExit(1);
});
process.on('beforeExit', () => {
  settle?.(
    new Error(
      'the handler waits for something that can no longer happen: its promise never settles ' +
        '(the platform would stop it at the time limit)',
    ),
  );
});
process.exit = (code) => {
  send({ t: 'exit', code: Number(code ?? process.exitCode ?? 0) || 0, line: currentLine() });
  realExit(code);
};

// An Action that waits would outlive a parent that was killed; one that computes meets its CPU limit.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && realExit(0), 1000).unref();

async function main() {
  const cpuBefore = process.cpuUsage();
  let exported;
  try {
    exported = load(receive());
    const names = exportedNames(exported);
    send({ t: 'loaded', exports: Object.fromEntries(names.map((name) => [name, kindOf(exported[name])])) });
  } catch (error) {
    send({ t: 'failed', stage, error: describe(error), ...usage(started, cpuBefore) });
    realExit(0);
  }
  stage = 'call';
  for (;;) await run(exported, receive());
}

main();
