// Standard output and error themselves: what an Action writes there in large pieces is written later.
'use strict';

const touched = new Set();

// Remember which of the two are used: making them costs time, and most Actions use neither.
function watchStreams() {
  for (const name of ['stdout', 'stderr']) {
    const { get } = Object.getOwnPropertyDescriptor(process, name);
    const watched = () => {
      const stream = get.call(process);
      touched.add(stream);
      return stream;
    };
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get: watched });
  }
}

// Whether the Action has used one of them at all.
function used() {
  return touched.size > 0;
}

// Settles when all that was written is out.
function written() {
  return Promise.all([...touched].map((stream) => stream.writableLength && finished(stream)));
}

function finished(stream) {
  return new Promise((resolve) => stream.write('', resolve));
}

module.exports = { used, watchStreams, written };
