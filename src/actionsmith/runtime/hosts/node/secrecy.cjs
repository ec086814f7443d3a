// The host's modules and its memory are nothing the Action can look into: the pipe's key is there.
'use strict';

const { syncBuiltinESMExports } = require('node:module');
const v8 = require('node:v8');

const REFUSED = ['getHeapSnapshot', 'writeHeapSnapshot', 'setHeapSnapshotNearHeapLimit', 'setFlagsFromString', 'queryObjects'];

// Refuse what shows the memory. Returns what sets flags of V8, which is refused with it: the host may need it.
function refuseViews() {
  const { setFlagsFromString } = v8;
  for (const name of REFUSED) {
    v8[name] = () => {
      throw new Error(`an Action may not use v8.${name}`);
    };
  }
  syncBuiltinESMExports();
  return setFlagsFromString;
}

// To be called right before the Action's code is loaded; the host loads none of its own modules afterwards.
function forgetModules(main) {
  for (const file of Object.keys(require.cache)) delete require.cache[file];
  main.children.length = 0;
  process.mainModule = undefined;
  process.argv.length = 1;
}

module.exports = { forgetModules, refuseViews };
