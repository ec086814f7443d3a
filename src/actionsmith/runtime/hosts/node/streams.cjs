// Standard output and error themselves, which reach the parent beside the pipe.
'use strict';

const fs = require('node:fs');

const { apply } = Reflect; // an Action may replace it
const touched = new Set();
let unread = false; // something was written there that the parent may not have read yet

// Remember which of the two are used, and when: making them costs time, and most Actions use neither.
function watchStreams() {
  for (const name of ['stdout', 'stderr']) {
    const { get } = Object.getOwnPropertyDescriptor(process, name);
    const watched = () => {
      const stream = get.call(process);
      if (!touched.has(stream)) watch(stream);
      return stream;
    };
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get: watched });
  }
  const { writeSync } = fs;
  fs.writeSync = function (fd, ...rest) {
    if (fd === 1 || fd === 2) unread = true;
    return writeSync(fd, ...rest);
  };
}

function watch(stream) {
  touched.add(stream);
  const { write } = stream;
  stream.write = (...args) => {
    unread = true;
    return apply(write, stream, args);
  };
}

// Wait until the parent has read what was written so far, before it is told what came after it; `at` is now.
function settle(pipe, at) {
  if (!unread) return;
  unread = false;
  pipe.ask({ __proto__: null, t: 'output', at });
}

// Whether the Action has used one of them at all.
function used() {
  return touched.size > 0;
}

// Settles when all that was written is out: what comes in large pieces is written later.
function written() {
  return Promise.all([...touched].map((stream) => stream.writableLength && finished(stream)));
}

function finished(stream) {
  return new Promise((resolve) => stream.write('', resolve));
}

module.exports = { settle, used, watchStreams, written };
