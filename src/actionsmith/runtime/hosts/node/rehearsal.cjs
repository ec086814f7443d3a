// A small Action, loaded and called over a pipe in memory while the host would only wait: Node compiles a
// function when it is first called, and the real Action shall not wait for that. Nothing of it is left.
'use strict';

const { Host } = require('./host.cjs');
const { Pipe } = require('./pipe.cjs');

const CODE = `
const path = require('node:path');
exports.onRehearse = async (event, api) => {
  console.log('%s of %o', path.sep, event);
  await api.group.tell('text', { more: undefined }).group.ask(undefined);
};
exports.onFail = async () => { throw new Error('rehearsed'); };
`;
const METHODS = [
  { path: 'group.tell', plain: ['[a-z]*', null], chain: true, async: false },
  { path: 'group.ask', plain: null, chain: false, async: true },
];
const FRAMES = [
  { code: CODE, folders: [], overrides: {}, limits: { console: 1000, depth: 10, call: 1000, calls: 1000 } },
  { handler: 'onRehearse', event: { member: { list: ['text', 1, null] } }, secrets: {}, methods: METHODS },
  { gives: 'value', value: 'answer', patches: [['member.new', 1]] },
  { handler: 'onFail', event: {}, secrets: {}, methods: null },
];

async function rehearse() {
  const { console } = globalThis;
  const host = new Host(memoryPipe(FRAMES));
  host.load({ filename: `${process.cwd()}/rehearsal.js`, ...host.pipe.receive() });
  await host.call(host.pipe.receive());
  await host.call(host.pipe.receive());
  host.loaded.forget();
  globalThis.console = console;
}

// A pipe that delivers these frames and swallows what is sent.
function memoryPipe(frames) {
  const waiting = frames.map((frame) => Buffer.from(`${'gives' in frame ? 'a' : 'o'}${JSON.stringify(frame)}\n`));
  return new Pipe(
    (buffer, at) => waiting.shift().copy(buffer, at),
    (data, at, length) => length ?? Buffer.byteLength(data),
  );
}

module.exports = { rehearse };
