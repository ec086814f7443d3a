// Frames to and from the parent: one JSON object a line.
'use strict';

const { parse, stringify } = JSON; // an Action may replace them
const exit = process.exit.bind(process);

class Pipe {
  // read(buffer) waits, fills it and returns how many bytes it got, 0 at the end; write(data, at) writes
  // from there on and returns how many bytes went.
  constructor(read, write) {
    this.read = read;
    this.write = write;
    this.incoming = Buffer.alloc(0);
    this.chunk = Buffer.allocUnsafe(1 << 16);
  }

  receive() {
    const pieces = [];
    for (;;) {
      const end = this.incoming.indexOf(10);
      if (end >= 0) {
        pieces.push(this.incoming.subarray(0, end));
        this.incoming = this.incoming.subarray(end + 1);
        return parse(Buffer.concat(pieces).toString('utf8'));
      }
      pieces.push(this.incoming);
      const count = this.read(this.chunk);
      if (count === 0) exit(0); // the parent is gone
      this.incoming = Buffer.from(this.chunk.subarray(0, count));
    }
  }

  send(frame) {
    const data = Buffer.from(stringify(frame) + '\n', 'utf8');
    for (let at = 0; at < data.length; ) at += this.write(data, at);
  }
}

module.exports = { Pipe };
