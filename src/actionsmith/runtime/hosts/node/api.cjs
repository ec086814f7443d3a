// `api`, built from the method list: each method sends its call over the pipe.
'use strict';

// The `api` of one call of a handler. Answers may replace members of `event`.
function buildApi(methods, event, pipe, lineNow) {
  const api = {};
  const call = (spec, args) => {
    pipe.send({ t: 'call', path: spec.path, ...asJson(args), line: lineNow(), wait: spec.ask });
    if (!spec.ask) return spec.chain ? api : undefined;
    const answer = pipe.receive();
    if (answer.patches) applyPatches(event, answer.patches);
    if (answer.error) {
      const Kind = answer.error.name === 'TypeError' ? TypeError : Error;
      throw new Kind(answer.error.message);
    }
    if (answer.gives === 'api') return api;
    return answer.gives === 'value' ? answer.value : undefined;
  };
  for (const spec of methods) {
    const names = spec.path.split('.');
    const last = names.pop();
    let owner = api;
    for (const name of names) owner = owner[name] ??= {};
    owner[last] = spec.async ? async (...args) => call(spec, args) : (...args) => call(spec, args);
  }
  return api;
}

// JSON has no undefined: those arguments are null, and their positions are told.
function asJson(args) {
  const undef = [];
  const plain = args.map((value, index) => {
    if (value === undefined || typeof value === 'function' || typeof value === 'symbol') {
      undef.push(index);
      return null;
    }
    return value;
  });
  return { args: plain, undefined: undef };
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

module.exports = { buildApi };
