// Which parts of the Action have run, counted by V8; loaded only when a run asks for it.
//
// Node's inspector would tell it, too, but a process that may use the inspector lets the Action use it. V8's
// own functions can be named in code only while a flag is set: it is set here before the Action is loaded,
// for the two functions below, and never again (secrecy.cjs takes away what sets flags).
'use strict';

// Count from now on. Returns a function that gives the frame which tells what of `code` has run: the parts
// V8 tells apart, outer ones first, each with where it starts and ends and how often it ran. Null when this
// V8 cannot do it. `mark` is text that nobody can guess, `setFlags` is v8.setFlagsFromString.
function count(code, mark, setFlags) {
  let collect;
  try {
    collect = native(`/* ${mark} */ return %DebugCollectCoverage();`, setFlags);
    native(`/* ${mark} */ %DebugToggleBlockCoverage(true);`, setFlags);
  } catch {
    return null;
  }
  return () => {
    const scripts = collect();
    for (let at = 0; at < scripts.length; at += 1) {
      if (scripts[at].script === code) return frameOf(scripts[at]);
    }
    return null; // it could not even be compiled
  };
}

// A function with this body, compiled and called once while V8's own functions may be named. V8 keeps what it
// has compiled by its text, and gives it to whoever compiles the same: hence the mark.
// It would also throw away what has not been called for long, and could not compile it anew.
function native(body, setFlags) {
  setFlags('--allow-natives-syntax');
  setFlags('--no-flush-bytecode');
  try {
    const made = new Function(body);
    made();
    return made;
  } finally {
    setFlags('--no-allow-natives-syntax');
  }
}

// Put together without anything an Action may have replaced.
function frameOf(parts) {
  let told = '';
  for (let at = 0; at < parts.length; at += 1) {
    const { start, end, count: times } = parts[at];
    told += `${at === 0 ? '' : ','}[${start},${end},${times}]`;
  }
  return `{"t":"parts","parts":[${told}]}`;
}

module.exports = { count };
