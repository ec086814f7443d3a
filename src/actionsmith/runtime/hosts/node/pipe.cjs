// Frames to and from the parent, one a line: to it the key and a JSON object; from it a letter, which tells
// an answer from an order (a load or a call), and a JSON object. The very first line from it is the key.
//
// The Action shares this process. What is used here is taken before its code runs, so that it changes
// nothing here by replacing a global or a prototype, and the key passes through nothing of its own.
'use strict';

const { allocUnsafeSlow, byteLength, prototype } = Buffer;
const { bind, call } = Function.prototype;
const { parse, stringify } = JSON;

const unbound = bind.bind(call); // unbound(method)(object, ...args)
const copyWithin = unbound(Uint8Array.prototype.copyWithin);
const fill = unbound(Uint8Array.prototype.fill);
const indexOf = unbound(prototype.indexOf);
const copyInto = unbound(prototype.copy);
const textOf = unbound(prototype.utf8Slice);
const bytesOf = unbound(prototype.utf8Write);
const exit = process.exit.bind(process);
const now = performance.now.bind(performance);
const { setImmediate } = globalThis;

const CAPACITY = 1 << 16;
const LINE_END = 10;
const ANSWER = 97; // 'a'
const AT_ONCE = 16;
const BATCH_MS = 1;
const BATCH_LENGTH = 1 << 15;

class Pipe {
  #read;
  #write;
  #key = '';
  #buffer = allocUnsafeSlow(CAPACITY); // never of the pool that all small buffers share
  #capacity = CAPACITY;
  #start = 0; // what is in the buffer: from here
  #end = 0; // to here
  #orders = []; // read while an answer was looked for
  #nextOrder = 0;
  #held = ''; // lines that are not written yet
  #writtenAt = -Infinity;
  #atOnce = AT_ONCE;
  #ending = false; // another frame follows at once

  // read(buffer, at, length) waits and returns how many bytes it got, 0 at the end of the pipe;
  // write(text) and write(bytes, at, length) return how many bytes went.
  constructor(read, write) {
    this.#read = read;
    this.#write = write;
  }

  // Take the key, which every frame to the parent has to carry.
  open() {
    const at = this.#line();
    this.#key = textOf(this.#buffer, at, this.#start - 1);
    fill(this.#buffer, 0, at, this.#start);
  }

  // Wait for the next order.
  receive() {
    this.#atOnce = AT_ONCE;
    if (this.#nextOrder < this.#orders.length) return this.#keptOrder();
    const at = this.#line();
    return parse(textOf(this.#buffer, at + 1, this.#start - 1));
  }

  // Send a frame that is answered, and wait for the answer.
  ask(frame) {
    this.send(frame);
    for (;;) {
      const at = this.#line();
      const text = textOf(this.#buffer, at + 1, this.#start - 1);
      if (this.#buffer[at] === ANSWER) return parse(text);
      this.#orders[this.#orders.length] = text;
    }
  }

  // Send a frame, after those that were held back. A frame is an object without a prototype, or its text.
  send(frame) {
    this.#hold(frame);
    this.flush();
  }

  // Send a frame that nobody waits for. The first ones of a run go at once, so that they are known even if
  // the Action never ends; the others, and all while more orders wait, go with the next frame that is sent,
  // after a millisecond, or when the Action waits.
  sendSoon(frame) {
    const first = this.#held === '';
    this.#hold(frame);
    if (this.#atOnce > 0 && !this.#ordersWait()) {
      this.#atOnce -= 1;
      this.flush();
    } else if (this.#held.length > BATCH_LENGTH || now() - this.#writtenAt > BATCH_MS) this.flush();
    else if (first) setImmediate(() => this.#ending || this.flush());
  }

  // Keep what is held for the last frame of the run, which comes next.
  end() {
    this.#ending = true;
  }

  // Send what was held back.
  flush() {
    const text = this.#held;
    if (text === '') return;
    this.#held = '';
    this.#ending = false;
    const length = byteLength(text);
    const written = this.#write(text);
    if (written < length) this.#writeRest(text, written, length);
    this.#writtenAt = now();
  }

  #ordersWait() {
    return this.#start < this.#end || this.#nextOrder < this.#orders.length;
  }

  #hold(frame) {
    this.#held += `${this.#key}${typeof frame === 'string' ? frame : stringify(frame)}\n`;
  }

  #writeRest(text, written, length) {
    const bytes = allocUnsafeSlow(length);
    bytesOf(bytes, text, 0, length);
    for (let at = written; at < length; ) at += this.#write(bytes, at, length - at);
    fill(bytes, 0);
  }

  #keptOrder() {
    const text = this.#orders[this.#nextOrder];
    this.#orders[this.#nextOrder] = undefined;
    this.#nextOrder += 1;
    if (this.#nextOrder === this.#orders.length) {
      this.#orders = [];
      this.#nextOrder = 0;
    }
    return parse(text);
  }

  // Wait for a whole line. Returns where it begins; `#start` is then behind its end.
  #line() {
    for (let searched = this.#start; ; ) {
      const found = searched < this.#end ? indexOf(this.#buffer, LINE_END, searched) : -1;
      if (found >= 0 && found < this.#end) {
        const at = this.#start;
        this.#start = found + 1;
        return at;
      }
      this.#makeRoom();
      searched = this.#end;
      const count = this.#read(this.#buffer, this.#end, this.#capacity - this.#end);
      if (count === 0) exit(0); // the parent is gone
      this.#end += count;
    }
  }

  // Move what is there to the front; double the buffer when a line fills it.
  #makeRoom() {
    if (this.#start > 0) {
      copyWithin(this.#buffer, 0, this.#start, this.#end);
      this.#end -= this.#start;
      this.#start = 0;
    }
    if (this.#end < this.#capacity) return;
    const larger = allocUnsafeSlow(this.#capacity * 2);
    copyInto(this.#buffer, larger, 0, 0, this.#end);
    this.#buffer = larger;
    this.#capacity *= 2;
  }
}

module.exports = { Pipe };
