// Where in the Action requests are begun: they are listed with that line, and it is the place of errors whose
// stack does not lead back to the Action, as those of fetch.
'use strict';

const { AsyncLocalStorage } = require('node:async_hooks');
const { subscribe } = require('node:diagnostics_channel');
const { noteLine } = require('./errors.cjs');

// From now on. `lineNow(called)` is the line that has called `called`. Returns a function that gives the line
// of a request, of http as of undici, which makes those of fetch, and of a stream of http2.
function watchLines(lineNow) {
  const lines = new WeakMap();
  const fetched = new AsyncLocalStorage(); // fetch itself follows redirects, long after it was called
  watchFetch(lineNow, fetched);
  const begun = (request, line) => lines.has(request) || lines.set(request, line);
  const lineOf = (request) => lines.get(request) ?? null;

  subscribe('http.client.request.created', ({ request }) => begun(request, lineNow()));
  subscribe('http.client.request.start', ({ request }) => begun(request, lineNow())); // older Node.js has only this
  subscribe('undici:request:create', ({ request }) => begun(request, fetched.getStore() ?? lineNow()));
  subscribe('http2.client.stream.created', ({ stream }) => begun(stream, lineNow()));
  subscribe('http2.client.stream.start', ({ stream }) => begun(stream, lineNow())); // comes first or second
  for (const name of ['http.client.request.error', 'undici:request:error']) {
    subscribe(name, ({ request, error }) => noteLine(error, lineOf(request)));
  }
  return lineOf;
}

function watchFetch(lineNow, fetched) {
  const original = globalThis.fetch;
  globalThis.fetch = function fetch(input, init = undefined) {
    const line = lineNow(fetch);
    return noted(
      fetched.run(line, () => original(input, init)),
      line,
    );
  };
}

async function noted(answer, line) {
  try {
    return await answer;
  } catch (error) {
    noteLine(error, line);
    throw error;
  }
}

module.exports = { watchLines };
