// What the Action says: the console object it is given, and its lines on their way out, up to a limit.
'use strict';

const { Console } = require('node:console');
const { performance } = require('node:perf_hooks');
const { settle } = require('./streams.cjs');

const now = performance.now.bind(performance); // an Action may replace it
const METHODS = ['log', 'error', 'info', 'warn', 'debug', 'trace', 'dir', 'table'];
const OWN_LEVEL = new Set(['info', 'warn', 'debug', 'trace']);

// Sends console lines until `left` characters are used up, and counts what it drops after that.
class Lines {
  constructor(pipe) {
    this.pipe = pipe;
    this.left = 0;
    this.dropped = 0;
    this.started = now();
  }

  // Begin to count anew, for the next run of a handler.
  allow(characters) {
    this.left = characters;
    this.dropped = 0;
  }

  say(level, text, line) {
    if (text.length >= this.left) {
      this.dropped += 1;
      text = text.slice(0, wholeCharacters(text, this.left));
      this.left = 0;
      if (!text) return;
    } else {
      this.left -= text.length + 1; // an empty line costs its end
    }
    this.settle();
    this.pipe.send({ __proto__: null, t: 'console', level, text, line, at: now() - this.started });
  }

  // Let the parent read first what went past the console until now.
  settle() {
    settle(this.pipe, now() - this.started);
  }
}

// Where to cut `text` at `end` or before it: not between the two halves of a character.
function wholeCharacters(text, end) {
  return end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800 ? end - 1 : end;
}

// A console that says everything through `lines`; `lineNow()` tells where the Action is.
function makeConsole(lines, lineNow) {
  let level = 'log';
  const stream = (fallback) => ({
    write(text) {
      lines.say(level === 'log' ? fallback : level, String(text).replace(/\n$/, ''), lineNow());
      return true;
    },
    on() {},
    once() {},
    removeListener() {},
    listenerCount: () => 0,
  });
  const made = new Console({ stdout: stream('log'), stderr: stream('error'), colorMode: false });
  for (const name of METHODS) {
    const original = made[name].bind(made);
    made[name] = (...args) => {
      if (lines.left === 0) {
        lines.dropped += 1; // the limit is reached: do not even format
        return;
      }
      level = OWN_LEVEL.has(name) ? name : 'log';
      try {
        original(...args);
      } finally {
        level = 'log';
      }
    };
  }
  return made;
}

module.exports = { Lines, makeConsole };
