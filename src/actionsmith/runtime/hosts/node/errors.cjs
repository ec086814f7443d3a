// Where in the Action the program is, and what it threw, as the frames of the pipe tell it.
'use strict';

const path = require('node:path');
const util = require('node:util');

const HOST_FOLDER = __dirname + path.sep;
const NODE_FRAME = /^\s+at (?:.*[(\s])?node:/;

// The line of `file` that is being run, or null.
function currentLine(file) {
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
    if (prepareStackTrace === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace');
    else Reflect.set(Error, 'prepareStackTrace', prepareStackTrace);
    Reflect.set(Error, 'stackTraceLimit', stackTraceLimit);
  }
}

// Name, message and stack of what was thrown, and the line and column of `file` it comes from.
function describe(error, file) {
  try {
    return describeThrown(error, file);
  } catch {
    const message = 'the Action threw a value that throws by itself when it is looked at';
    return { name: 'Error', message, line: null, column: null, stack: '' };
  }
}

function describeThrown(error, file) {
  if (!(error instanceof Error) && !util.types.isNativeError(error)) {
    const text = typeof error === 'string' ? error : util.inspect(error);
    return { name: 'Error', message: text, line: null, column: null, stack: `Thrown: ${text}` };
  }
  const { message, stack } = withoutHost(error, String(error.message), stackOf(error));
  return { name: String(error.name), message, ...placeOf(error, stack, file), stack: ownFrames(stack) };
}

function stackOf(error) {
  try {
    return String(error.stack ?? '');
  } catch {
    return ''; // a getter that throws: go without
  }
}

// Some of Node's messages speak of the program that loads, not of the Action.
function withoutHost(error, message, stack) {
  if (error.code === 'MODULE_NOT_FOUND') {
    return { message: message.split('\n')[0], stack: stack.replace(/\nRequire stack:(?:\n- .*)*/, '') };
  }
  if (error.code === 'ERR_ACCESS_DENIED') {
    const what = error.resource ? `${error.permission} of ${error.resource}` : error.permission;
    const refused = `an Action may not do this: ${what}`;
    return { message: refused, stack: stack.replace(message, refused) };
  }
  return { message, stack };
}

function placeOf(error, stack, file) {
  if (error.name === 'SyntaxError' && stack.startsWith(`${file}:`)) {
    const caret = /^( *)\^/m.exec(stack);
    return {
      line: Number.parseInt(stack.slice(file.length + 1), 10) || null,
      column: caret ? caret[1].length + 1 : null,
    };
  }
  const at = stack.indexOf(`${file}:`);
  const found = at < 0 ? null : /^(\d+):(\d+)/.exec(stack.slice(at + file.length + 1));
  return found ? { line: Number(found[1]), column: Number(found[2]) } : { line: null, column: null };
}

function ownFrames(stack) {
  const shown = stack.split('\n').filter((text) => !isHostFrame(text));
  if (shown.at(-1)?.trim() === 'at new Promise (<anonymous>)') shown.pop(); // the host's own
  return shown.join('\n');
}

function isHostFrame(text) {
  return NODE_FRAME.test(text) || (/^\s+at /.test(text) && text.includes(HOST_FOLDER));
}

module.exports = { currentLine, describe };
