// Where in the Action the program is, and what it threw, as the frames of the pipe tell it.
'use strict';

const path = require('node:path');
const util = require('node:util');

// An Action may replace these.
const { captureStackTrace } = Error;
const { set } = Reflect;
const { bind, call } = Function.prototype;
const keep = bind.call(call, WeakMap.prototype.set);
const kept = bind.call(call, WeakMap.prototype.get);

const HOST_FOLDER = __dirname + path.sep;
const FETCH_FAILED = 'fetch failed'; // the reason is in its cause
const begun = new WeakMap(); // errors of requests, and the line on which the request was begun
const NODE_FRAME = /^\s+at (?:.*[(\s])?node:/;

const NEAR = 2;
const DEEP = 64;
const MOST_TEXT = 100_000; // characters of a message or stack
const LAST_LINE = 2 ** 31 - 1;
const keepSites = (_, sites) => sites;
Error.prepareStackTrace = undefined; // a property that comes and goes makes Error slow

// The line of `file` that is being run, or null. `called` is the function it has called, if that is known:
// mostly it has done so itself, and one frame tells.
function currentLine(file, called = currentLine) {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.prepareStackTrace = keepSites;
    const line = lineWithin(NEAR, file, called) ?? lineWithin(DEEP, file, called);
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
    return line;
  } catch {
    set(Error, 'prepareStackTrace', prepareStackTrace);
    set(Error, 'stackTraceLimit', stackTraceLimit);
    return null; // the Action has frozen or replaced what is needed here
  }
}

function lineWithin(frames, file, called) {
  const holder = {};
  Error.stackTraceLimit = frames;
  captureStackTrace(holder, called);
  const sites = holder.stack;
  for (let at = 0; at < sites.length; at += 1) {
    if (sites[at].getFileName() === file) return possible(sites[at].getLineNumber());
  }
  return null;
}

// Remember the line, if there is one, for an error whose own stack may not tell where it comes from.
function noteLine(error, line) {
  if (line !== null && typeof error === 'object' && error !== null) keep(begun, error, line);
}

// Name, message and stack of what was thrown, and the line and column of `file` it comes from.
function describe(error, file) {
  try {
    return describeThrown(error, file);
  } catch {
    const message = 'the Action threw a value that throws by itself when it is looked at';
    return { __proto__: null, name: 'Error', message, line: null, column: null, stack: '' };
  }
}

function describeThrown(error, file) {
  if (!(error instanceof Error) && !util.types.isNativeError(error)) {
    const text = typeof error === 'string' ? error : util.inspect(error);
    return { __proto__: null, name: 'Error', message: cut(text), line: null, column: null, stack: cut(`Thrown: ${text}`) };
  }
  const { message, stack } = withoutHost(error, String(error.message), stackOf(error));
  const { line, column } = placeOf(error, stack, file);
  return {
    __proto__: null,
    name: cut(String(error.name)),
    message: cut(message),
    line: possible(line),
    column: possible(column),
    stack: cut(ownFrames(stack)),
  };
}

function cut(text) {
  return text.length <= MOST_TEXT ? text : `${text.slice(0, MOST_TEXT)}... (${text.length} characters)`;
}

// A line or column, unless there can be none with that number: an Action writes a stack as it likes.
function possible(number) {
  return number >= 1 && number <= LAST_LINE ? number : null;
}

function stackOf(error) {
  try {
    return String(error.stack ?? '');
  } catch {
    return ''; // a getter that throws: go without
  }
}

// Some of Node's messages speak of the program that loads, not of the Action, or keep the reason to themselves.
function withoutHost(error, message, stack) {
  if (error.code === 'MODULE_NOT_FOUND') {
    return { message: message.split('\n')[0], stack: stack.replace(/\nRequire stack:(?:\n- .*)*/, '') };
  }
  if (error.code === 'ERR_ACCESS_DENIED') {
    const refused = `an Action may not ${whatWasRefused(error)}`;
    return { message: refused, stack: stack.replace(message, refused) };
  }
  if (message === FETCH_FAILED && error.cause) {
    const told = `${message}: ${reasonOf(error.cause)}`;
    return { message: told, stack: stack.replace(message, told) };
  }
  return { message, stack };
}

// In plain words; `resource` is a path, or empty.
function whatWasRefused({ permission, resource, message }) {
  switch (permission) {
    case 'FileSystemRead':
      return `read ${resource || 'files'}`;
    case 'FileSystemWrite':
      return `write ${resource || 'files'}`;
    case 'ChildProcess':
      return `start ${resource || 'programs'}`;
    case 'WorkerThreads':
      return 'start threads';
    default:
      return `use ${permission || message}`;
  }
}

// Of several attempts, one for each address, the error as a whole says nothing.
function reasonOf(error) {
  return String(error?.message || error?.errors?.[0]?.message || error?.code || error);
}

function placeOf(error, stack, file) {
  if (error.name === 'SyntaxError' && stack.startsWith(`${file}:`)) {
    const caret = /^( *)\^/m.exec(stack);
    return {
      line: Number.parseInt(stack.slice(file.length + 1), 10),
      column: caret ? caret[1].length + 1 : null,
    };
  }
  const at = stack.indexOf(`${file}:`);
  const found = at < 0 ? null : /^(\d+):(\d+)/.exec(stack.slice(at + file.length + 1));
  if (found) return { line: Number(found[1]), column: Number(found[2]) };
  return { line: kept(begun, error) ?? kept(begun, error.cause) ?? null, column: null };
}

function ownFrames(stack) {
  const shown = stack.split('\n').filter((text) => !isHostFrame(text));
  if (shown.at(-1)?.trim() === 'at new Promise (<anonymous>)') shown.pop(); // the host's own
  return shown.join('\n');
}

function isHostFrame(text) {
  return NODE_FRAME.test(text) || (/^\s+at /.test(text) && text.includes(HOST_FOLDER));
}

module.exports = { currentLine, describe, noteLine, reasonOf };
