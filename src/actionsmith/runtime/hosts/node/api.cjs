// `api`, built from the method list: each method sends its call over the pipe.
'use strict';

const { stringify } = JSON; // an Action may replace them
const { isArray } = Array;
const { keys } = Object;
const exec = Function.prototype.call.bind(RegExp.prototype.exec);

// Make a method list ready for use: a call whose arguments match `plain`, one pattern each or null for any
// value, cannot fail and need not be waited for.
function prepare(methods) {
  for (const spec of methods) {
    spec.names = spec.path.split('.');
    spec.opening = `{"t":"call","path":${stringify(spec.path)},"args":[`;
    spec.plain &&= spec.plain.map((pattern) => (pattern === null ? null : new RegExp(`^(?:${pattern})$`)));
  }
  return methods;
}

// The `api` of one call of a handler. Answers may replace members of `event`. After `close()` its methods
// do nothing: the handler has ended, and what it left running cannot speak for the next one.
function buildApi(methods, event, pipe, lineNow, maxDepth) {
  const api = {};
  let open = true;
  const call = (spec, args, method) => {
    const returned = spec.chain ? api : undefined;
    if (!open) return returned;
    const told = asJson(args, maxDepth);
    const waits = told.undefined !== '' || !isPlain(spec.plain, args);
    const frame = `${spec.opening}${told.args}],"undefined":[${told.undefined}],"line":${lineNow(method)},"wait":${waits}}`;
    if (!waits) {
      pipe.sendSoon(frame);
      return returned;
    }
    const { error, patches, gives, value } = pipe.ask(frame);
    if (patches) applyPatches(event, patches);
    if (error) throw new (error.name === 'TypeError' ? TypeError : Error)(error.message);
    if (gives === 'api') return api;
    return gives === 'value' ? value : undefined;
  };
  for (const spec of methods) {
    const { names } = spec;
    let owner = api;
    for (let at = 0; at < names.length - 1; at += 1) owner = owner[names[at]] ??= {};
    const method = spec.async
      ? async (...args) => call(spec, args, method)
      : (...args) => call(spec, args, method);
    owner[names[names.length - 1]] = method;
  }
  const close = () => {
    open = false;
  };
  return { api, close };
}

function isPlain(patterns, args) {
  if (!patterns || patterns.length !== args.length) return false;
  for (let at = 0; at < args.length; at += 1) {
    const pattern = patterns[at];
    if (pattern !== null && (typeof args[at] !== 'string' || exec(pattern, args[at]) === null)) return false;
  }
  return true;
}

// JSON has no undefined: those arguments are null, and their positions are told.
function asJson(args, maxDepth) {
  const told = { args: '', undefined: '' };
  for (let at = 0; at < args.length; at += 1) {
    const comma = at === 0 ? '' : ',';
    const json = stringify(args[at]);
    if (json === undefined) told.undefined += told.undefined === '' ? at : `,${at}`;
    else if (json.length > 2 * maxDepth) checkDepth(args[at], maxDepth);
    told.args += `${comma}${json === undefined ? 'null' : json}`;
  }
  return told;
}

function checkDepth(value, left) {
  if (typeof value !== 'object' || value === null) return;
  if (left === 0) throw new TypeError('a value given to api is nested too deeply');
  if (isArray(value)) {
    for (let at = 0; at < value.length; at += 1) checkDepth(value[at], left - 1);
    return;
  }
  const names = keys(value);
  for (let at = 0; at < names.length; at += 1) checkDepth(value[names[at]], left - 1);
}

function applyPatches(event, patches) {
  for (const [dotted, value] of patches) {
    const names = dotted.split('.');
    const last = names.pop();
    let owner = event;
    for (const name of names) owner = owner[name] ??= {};
    owner[last] = value;
  }
}

module.exports = { buildApi, prepare };
