// HTTP without a network: every connection of this process ends at a server inside of it, which asks the
// parent for each answer. Clients (fetch, http, https and all that is built on them) keep their own code.
'use strict';

const dgram = require('node:dgram');
const { subscribe } = require('node:diagnostics_channel');
const dns = require('node:dns');
const http = require('node:http');
const http2 = require('node:http2');
const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');
const { Duplex } = require('node:stream');
const tls = require('node:tls');

const NOT_HTTP = 'only HTTP/1.1 is answered in a run with stubs, and nothing reaches the network';
const MOST_BODY = 16 << 20; // bytes of one body that the parent is told
// Who has sent nothing for so long waits for the other side to begin, as no HTTP client does.
const PATIENCE_MS = 1000;
const LONG_MS = 2 ** 30;
const PROXY_VARIABLE = /^(https?|all|no)_proxy$/i;

// From now on the parent answers, over `pipe`. `lineOf(request)` is where the Action began it.
function answerAll(pipe, lineOf) {
  const server = makeServer(pipe, linesBySocket(lineOf));
  net.Socket.prototype.connect = function connect(...args) {
    const [options, callback] = Array.isArray(args[0]) ? args[0] : net._normalizeArgs(args);
    if (callback) this.once('connect', callback);
    return join(this, server, options, false);
  };
  tls.connect = (...args) => {
    const [options, callback] = net._normalizeArgs(args);
    for (const more of args.slice(1, 3)) if (typeof more === 'object') Object.assign(options, more);
    const socket = Object.assign(new net.Socket(), securedBy(options));
    if (callback) socket.once('secureConnect', callback);
    return join(socket, server, options, true);
  };
  http2.connect = refuse;
  for (const name of ['bind', 'connect', 'send']) dgram.Socket.prototype[name] = refuse;
  refuseNames();
  for (const name of Object.keys(process.env)) if (PROXY_VARIABLE.test(name)) delete process.env[name];
  syncBuiltinESMExports();
}

// A request that arrives here is known by the client's end of its connection. Gives a function from that end to
// the line of the request that is on its way.
function linesBySocket(lineOf) {
  const lines = new WeakMap();
  const sent = (request, socket) => lines.set(socket, lineOf(request));
  subscribe('http.client.request.created', ({ request }) => request.once('socket', (near) => sent(request, near)));
  subscribe('undici:client:sendHeaders', ({ request, socket }) => sent(request, socket));
  return (near) => lines.get(near) ?? null;
}

// An answer is {status, headers, body} with the body in base64, or {error, code}.
function makeServer(pipe, lineOn) {
  let count = 0;
  const ask = (request) => pipe.ask({ __proto__: null, t: 'http', id: (count += 1), wait: true, ...request });
  const limits = { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0, maxHeaderSize: 1 << 20 };
  const server = http.createServer(limits, (incoming, outgoing) => {
    const chunks = [];
    incoming.on('error', () => {}); // the client has gone
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks).subarray(0, MOST_BODY).toString('base64');
      const headers = pairs(incoming.rawHeaders);
      const line = lineOn(incoming.socket.near);
      const answer = ask({ method: incoming.method, url: urlOf(incoming), headers, line, body });
      if (answer.error) return incoming.socket.near.destroy(failure(answer.error, answer.code));
      outgoing.sendDate = false; // the same each time
      outgoing.writeHead(answer.status, answer.headers.flat());
      outgoing.end(Buffer.from(answer.body, 'base64'));
    });
  });
  server.on('clientError', (error, far) => far.near.destroy(failure(NOT_HTTP)));
  server.on('connect', (incoming, far) => far.near.destroy(failure(NOT_HTTP)));
  return server;
}

// Make `near`, a socket that connects nowhere yet, one end of a connection to the server.
function join(near, server, options, encrypted) {
  const far = farEnd(near);
  const place = options.host ?? options.servername ?? 'localhost';
  Object.assign(far, { near, encrypted, place: options.port ? `${place}:${options.port}` : place });
  const patience = setTimeout(() => near.destroy(failure(NOT_HTTP)), PATIENCE_MS);
  Object.assign(near, {
    connecting: true,
    _read() {},
    _writev: null,
    _write(chunk, encoding, done) {
      clearTimeout(patience);
      far.push(Buffer.from(chunk, encoding));
      done();
    },
    _final(done) {
      far.push(null);
      done();
    },
  });
  near.once('close', () => {
    clearTimeout(patience);
    far.destroy();
  });
  keepLoopAlive(near);
  process.nextTick(() => {
    if (near.destroyed) return;
    if (options.path) return near.destroy(failure(NOT_HTTP)); // a socket of the file system
    near.connecting = false;
    server.emit('connection', far);
    for (const name of ['connect', 'ready', ...(encrypted ? ['secureConnect'] : [])]) near.emit(name);
  });
  return near;
}

// The server's end: what is written to it, `near` reads.
function farEnd(near) {
  return new Duplex({
    read() {},
    write(chunk, encoding, done) {
      if (!near.destroyed) near.push(chunk);
      done();
    },
    final(done) {
      if (!near.destroyed) near.push(null);
      done();
    },
  });
}

// A socket of the system keeps its process going as long as it is open, unless `unref` says otherwise. Clients
// rely on it: what they do with an idle connection hangs on timers that keep nothing going.
function keepLoopAlive(socket) {
  const alive = setInterval(() => {}, LONG_MS);
  socket.ref = () => {
    alive.ref();
    return socket;
  };
  socket.unref = () => {
    alive.unref();
    return socket;
  };
  socket.once('close', () => clearInterval(alive));
}

// What clients ask a TLS socket for.
function securedBy({ servername, host }) {
  return {
    encrypted: true,
    authorized: true,
    authorizationError: null,
    alpnProtocol: false,
    servername: servername ?? host,
    getCipher: () => ({ name: 'TLS_AES_128_GCM_SHA256', standardName: 'TLS_AES_128_GCM_SHA256', version: 'TLSv1.3' }),
    getPeerCertificate: () => ({}),
    getProtocol: () => 'TLSv1.3',
    getSession: () => undefined,
    isSessionReused: () => false,
  };
}

function urlOf({ headers, socket, url }) {
  if (/^https?:\/\//i.test(url)) return url; // as a proxy is asked
  return `${socket.encrypted ? 'https' : 'http'}://${headers.host ?? socket.place}${url}`;
}

function pairs(flat) {
  return Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at], flat[2 * at + 1]]);
}

function failure(message, code) {
  return Object.assign(new Error(message), code ? { code } : {});
}

function refuse() {
  throw failure(NOT_HTTP);
}

// Nobody is asked for the address of a name either.
function refuseNames() {
  const noAddress = (name) => failure(`${NOT_HTTP}: no address is looked up for ${name}`, 'ENOTFOUND');
  const isQuestion = (name) => /^(lookup|resolve|reverse)/.test(name);
  for (const owner of [dns, dns.Resolver.prototype]) {
    for (const name of propertiesOf(owner).filter(isQuestion)) {
      owner[name] = (...args) => process.nextTick(args.at(-1), noAddress(args[0]));
    }
  }
  for (const owner of [dns.promises, dns.promises.Resolver.prototype]) {
    for (const name of propertiesOf(owner).filter(isQuestion)) {
      owner[name] = async (...args) => {
        throw noAddress(args[0]);
      };
    }
  }
}

function propertiesOf(owner) {
  const names = new Set();
  for (let at = owner; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  }
  return [...names];
}

module.exports = { answerAll };
