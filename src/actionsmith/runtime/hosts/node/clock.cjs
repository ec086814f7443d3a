// A clock that stands still and random numbers that repeat, for runs that are to be the same each time.
'use strict';

const { performance } = require('node:perf_hooks');

// Stop the clock and seed the random numbers, where the frame asks for it.
function freeze({ now, seed }) {
  if (now !== null) stopClock(Math.floor(now)); // a Date knows whole milliseconds only
  if (seed !== null) Math.random = mulberry32(seed >>> 0);
}

// `now` in milliseconds since the epoch. `performance.now()` goes on: it measures, from an origin.
function stopClock(now) {
  const RealDate = Date;
  const frozen = new Proxy(RealDate, {
    construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now] : args, made),
    apply: () => new RealDate(now).toString(),
  });
  RealDate.now = function now_() {
    return now;
  };
  Object.defineProperty(RealDate.now, 'name', { value: 'now', configurable: true });
  RealDate.prototype.constructor = frozen;
  globalThis.Date = frozen;
  Object.defineProperty(performance, 'timeOrigin', { value: now, configurable: true, enumerable: true });
  stopFormatting(now);
}

// A format that is given no date takes the time from the engine itself.
function stopFormatting(now) {
  const { prototype } = Intl.DateTimeFormat;
  const format = Object.getOwnPropertyDescriptor(prototype, 'format');
  Object.defineProperty(prototype, 'format', {
    ...format,
    get() {
      const bound = format.get.call(this);
      return (date = now) => bound(date);
    },
  });
  const { formatToParts } = prototype;
  prototype.formatToParts = function (date = now) {
    return formatToParts.call(this, date);
  };
}

function mulberry32(state) {
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

module.exports = { freeze };
