// `api`, built from the method list: each method sends its call over the pipe.
'use strict';

const path = require('node:path');
const { compileFunction } = require('node:vm');

// An Action may replace these, and what arrays and texts can do besides.
const { stringify } = JSON;
const { isArray } = Array;
const { defineProperty, keys } = Object;
const { isFinite } = Number;
const { Map, RegExp, Set } = globalThis;
const { bind, call: apply } = Function.prototype;
const exec = bind.call(apply, RegExp.prototype.exec);
const split = bind.call(apply, String.prototype.split);
const includes = bind.call(apply, String.prototype.includes);
const join = bind.call(apply, Array.prototype.join);

const MADE = path.join(__dirname, 'api'); // what stacks call the code that is made here: the host's own

// Make a method list ready for use: what it returns, given `call`, makes an `api` whose methods do
// `call(spec, args)`; every call of a handler needs one of its own. The first is put together, the others
// come out of compiled code, which pays only where there are many. Calls whose arguments match `plain`, one
// pattern each or null for any value, cannot fail and need not be waited for.
function prepare(methods) {
  const tree = { __proto__: null };
  for (let at = 0; at < methods.length; at += 1) {
    const spec = methods[at];
    const opening = `{"t":"call","path":${stringify(spec.path)},"args":[`;
    methods[at] = { opening, plain: compiled(spec.plain), chain: spec.chain, async: spec.async }; // own members: no setter sees it
    const names = split(spec.path, '.');
    let owner = tree;
    for (let level = 0; level < names.length - 1; level += 1) owner = owner[names[level]] ??= { __proto__: null };
    owner[names[names.length - 1]] = at;
  }
  let make = (call) => {
    make = null;
    return assembled(tree, methods, call);
  };
  return (call) => (make ??= factory(tree, methods))(call);
}

// The members of a tree, whose leaves are positions in `specs`, as methods.
function assembled(tree, specs, call) {
  const owner = {};
  const names = keys(tree);
  for (let at = 0; at < names.length; at += 1) {
    const member = tree[names[at]];
    const value = typeof member === 'number' ? method(specs[member], call) : assembled(member, specs, call);
    defineProperty(owner, names[at], { __proto__: null, value, writable: true, enumerable: true, configurable: true });
  }
  return owner;
}

function method(spec, call) {
  return spec.async ? async (...args) => call(spec, args) : (...args) => call(spec, args);
}

function factory(tree, specs) {
  const code = `'use strict'; return (call) => (${literal(tree, specs)});`;
  return compileFunction(code, ['specs'], { __proto__: null, filename: MADE })(specs);
}

function compiled(patterns) {
  if (!patterns) return null;
  for (let at = 0; at < patterns.length; at += 1) {
    if (patterns[at] !== null) patterns[at] = new RegExp(`^(?:${patterns[at]})$`);
  }
  return patterns;
}

// The same as an object literal.
function literal(tree, specs) {
  const names = keys(tree);
  let members = '';
  for (let at = 0; at < names.length; at += 1) {
    const member = tree[names[at]];
    const code =
      typeof member === 'number'
        ? `${specs[member].async ? 'async ' : ''}(...args) => call(specs[${member}], args)`
        : literal(member, specs);
    members += `${stringify(names[at])}: ${code},`;
  }
  return `{${members}}`;
}

// The `api` of one call of a handler. Answers may replace members of `event`. After `close()` its methods
// do nothing: the handler has ended, and what it left running cannot speak for the next one. `limits` are how
// many levels (`depth`) and characters of JSON the values given to one call may have (`call`), and to all (`calls`).
function buildApi(make, event, pipe, lineNow, limits) {
  let open = true;
  let left = limits.calls;
  const call = (spec, args) => {
    const returned = spec.chain ? api : undefined;
    if (!open) return returned;
    const told = asJson(args, limits);
    if (told.args.length > left) throw new TypeError(tooLarge('all calls of a run together', limits.calls));
    left -= told.args.length;
    const waits = told.undefined !== '' || !isPlain(spec.plain, args);
    const emptied = told.emptied === '' ? '' : `"emptied":[${told.emptied}],`;
    const frame = `${spec.opening}${told.args}],"undefined":[${told.undefined}],${emptied}"line":${lineNow(call)},"wait":${waits}}`;
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
  const api = make(call);
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

// JSON has no undefined: those arguments are null, and their positions are told. It makes null of NaN and
// nothing of a Map or Set, which is told, too: the parent has to know what was meant.
function asJson(args, limits) {
  const told = { args: '', undefined: '', emptied: '' };
  for (let at = 0; at < args.length; at += 1) {
    const comma = at === 0 ? '' : ',';
    let json = stringify(args[at]);
    if (told.args.length + (json ?? '').length > limits.call) throw new TypeError(tooLarge('one call', limits.call));
    if (json === undefined) told.undefined += told.undefined === '' ? at : `,${at}`;
    else {
      if (json.length > 2 * limits.depth) checkDepth(args[at], limits.depth);
      if (includes(json, 'null') && holds(args[at], isOddNumber)) json = withOddNumbers(args[at]);
    }
    told.args += `${comma}${json === undefined ? 'null' : json}`;
  }
  if (includes(told.args, '{}')) told.emptied = emptied(args);
  return told;
}

function tooLarge(what, most) {
  return `a value given to api is too large: ${what} may take at most ${most >> 20} MB as JSON`;
}

function isOddNumber(value) {
  return typeof value === 'number' && !isFinite(value);
}

// Whether `value` or anything in it passes `test`. What makes its own JSON is left alone.
function holds(value, test) {
  if (test(value)) return true;
  if (typeof value !== 'object' || value === null || typeof value.toJSON === 'function') return false;
  const names = keys(value);
  for (let at = 0; at < names.length; at += 1) if (holds(value[names[at]], test)) return true;
  return false;
}

// JSON in which NaN and the infinities stand as they are written in code.
function withOddNumbers(value) {
  if (isOddNumber(value)) return `${value}`;
  if (!holds(value, isOddNumber)) return stringify(value);
  let inside = '';
  if (isArray(value)) {
    for (let at = 0; at < value.length; at += 1) inside += `${at === 0 ? '' : ','}${withOddNumbers(value[at]) ?? 'null'}`;
    return `[${inside}]`;
  }
  const names = keys(value);
  for (let at = 0; at < names.length; at += 1) {
    const json = withOddNumbers(value[names[at]]);
    if (json !== undefined) inside += `${inside === '' ? '' : ','}${stringify(names[at])}:${json}`;
  }
  return `{${inside}}`;
}

// The kinds of objects in `value` that JSON makes `{}` of although there is something in them.
function emptied(value) {
  const kinds = [];
  if (holds(value, (it) => it instanceof Map && it.size > 0)) kinds[0] = '"Map"';
  if (holds(value, (it) => it instanceof Set && it.size > 0)) kinds[kinds.length] = '"Set"';
  return join(kinds, ',');
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
    for (const name of names) {
      if (typeof owner[name] !== 'object' || owner[name] === null) owner[name] = {}; // an odd event may have anything there
      owner = owner[name];
    }
    owner[last] = value;
  }
}

module.exports = { buildApi, prepare };
