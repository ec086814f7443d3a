// A clock that stands still and random numbers that repeat, for runs that are to be the same each time.
'use strict';

// Stop the clock and seed the random numbers, where the frame asks for it.
function freeze({ now, seed }) {
  if (now !== null) stopClock(now);
  if (seed !== null) Math.random = mulberry32(seed >>> 0);
}

function stopClock(now) {
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

function mulberry32(state) {
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

module.exports = { freeze };
