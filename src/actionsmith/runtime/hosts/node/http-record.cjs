// Tells the parent of every HTTP request that goes out to the network, and what became of it. Node.js
// publishes them on its diagnostics channels, for http and https as for fetch (the bodies of fetch, and http2,
// from 24 on).
'use strict';

const { subscribe } = require('node:diagnostics_channel');
const { reasonOf } = require('./errors.cjs');

const MOST_BODY = 1 << 20; // bytes of one body that are kept
const MOST_HEADERS = 200; // of one request that are told
const MOST_HEADER_TEXT = 1 << 16; // characters of them

// Over `pipe` go `http` frames, and `answered` frames that complete them, until `stop()`. `lineOf(request)` is
// where the Action began it.
function recordAll(pipe, lineOf) {
  let going = true;
  const send = (frame) => going && pipe.send({ __proto__: null, ...frame });
  const requests = new WeakMap();
  let count = 0;
  const known = (request, tell) => {
    const found = requests.get(request);
    if (found) tell(found);
  };
  const answered = (request, more) => known(request, ({ id }) => send({ t: 'answered', id, ...more }));

  const told = (request) => ({ ...described(request), line: lineOf(request) });

  subscribe('http.client.request.created', ({ request }) => {
    requests.set(request, { id: (count += 1), body: watchBody(request) });
  });
  subscribe('http.client.request.start', ({ request }) => {
    if (!requests.has(request)) requests.set(request, { id: (count += 1), body: new Body() });
    known(request, ({ id, body }) => send({ t: 'http', id, ...told(request), body: body.encoded() }));
  });
  subscribe('http.client.response.finish', ({ request, response }) =>
    answered(request, { status: response.statusCode }),
  );
  subscribe('http.client.request.error', ({ request, error }) => answered(request, { error: reasonOf(error) }));

  subscribe('undici:request:create', ({ request }) => {
    const { method, origin, path, headers } = request;
    const id = (count += 1);
    requests.set(request, { id, body: new Body() });
    const line = lineOf(request);
    send({ t: 'http', id, method, url: `${origin}${path}`, headers: pairs(headers), line, body: '' });
  });
  subscribe('undici:request:bodyChunkSent', ({ request, chunk }) =>
    known(request, ({ body }) => body.add(chunk, 'utf8')),
  );
  subscribe('undici:request:bodySent', ({ request }) =>
    known(request, ({ body }) => body.size && answered(request, { body: body.encoded() })),
  );
  subscribe('undici:request:headers', ({ request, response }) =>
    answered(request, { status: response.statusCode }),
  );
  subscribe('undici:request:error', ({ request, error }) => answered(request, { error: reasonOf(error) }));

  const begun = ({ stream, headers }) => {
    if (requests.has(stream)) return;
    const id = (count += 1);
    requests.set(stream, { id, body: new Body() });
    send({ t: 'http', id, ...describedStream(headers), line: lineOf(stream), body: '' });
  };
  subscribe('http2.client.stream.created', begun); // which of the two comes first depends on the connection
  subscribe('http2.client.stream.start', begun);
  subscribe('http2.client.stream.bodyChunkSent', ({ stream, writev, data, encoding }) =>
    known(stream, ({ body }) => {
      if (!writev) body.add(data, encoding);
      else for (const part of data) body.add(part.chunk, part.encoding);
    }),
  );
  subscribe('http2.client.stream.bodySent', ({ stream }) =>
    known(stream, ({ body }) => body.size && answered(stream, { body: body.encoded() })),
  );
  subscribe('http2.client.stream.finish', ({ stream, headers }) => answered(stream, { status: headers[':status'] }));
  subscribe('http2.client.stream.error', ({ stream, error }) => answered(stream, { error: reasonOf(error) }));
  const stop = () => {
    going = false;
  };
  return { stop };
}

// The beginning of what is sent.
class Body {
  constructor() {
    this.chunks = [];
    this.size = 0;
  }

  add(chunk, encoding) {
    if (this.size >= MOST_BODY) return;
    const data = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk);
    this.chunks.push(data);
    this.size += data.length;
  }

  encoded() {
    return Buffer.concat(this.chunks).subarray(0, MOST_BODY).toString('base64');
  }
}

// What the Action writes into a request of http or https.
function watchBody(request) {
  const body = new Body();
  for (const name of ['write', 'end']) {
    const original = request[name];
    request[name] = function (chunk, encoding, ...rest) {
      const isData = typeof chunk === 'string' || ArrayBuffer.isView(chunk);
      if (isData) body.add(chunk, typeof encoding === 'string' ? encoding : 'utf8');
      return original.call(this, chunk, encoding, ...rest);
    };
  }
  return body;
}

function described(request) {
  const host = request.getHeader('host') ?? request.host;
  const isWhole = /^https?:\/\//i.test(request.path); // as a proxy is asked
  return {
    method: request.method,
    url: isWhole ? request.path : `${request.protocol}//${host}${request.path}`,
    headers: first(request.getRawHeaderNames().map((name) => [name, request.getHeader(name)])),
  };
}

// The request that a stream of http2 is.
function describedStream(headers) {
  const { ':method': method = 'GET', ':scheme': scheme, ':authority': host, ':path': path = '' } = headers;
  const own = Object.entries(headers).filter(([name]) => !name.startsWith(':'));
  return { method, url: `${scheme}://${host ?? headers.host}${path}`, headers: first(own) };
}

// undici gives names and values in turns.
function pairs(flat) {
  const found = [];
  for (let at = 0; at + 1 < flat.length; at += 2) found.push([flat[at], flat[at + 1]]);
  return first(found);
}

// Headers whose values may be lists, one by one, as many as are told.
function first(headers) {
  const found = [];
  let left = MOST_HEADER_TEXT;
  for (const [name, value] of headers) {
    for (const one of Array.isArray(value) ? value : [value]) {
      const pair = [String(name), String(one)];
      left -= pair[0].length + pair[1].length;
      if (left < 0 || found.length === MOST_HEADERS) return found;
      found.push(pair);
    }
  }
  return found;
}

module.exports = { recordAll };
