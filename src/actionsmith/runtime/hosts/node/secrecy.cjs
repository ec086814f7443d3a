// The host's modules and its memory are nothing the Action can look into: the pipe's key is there.
'use strict';

const { syncBuiltinESMExports } = require('node:module');
const v8 = require('node:v8');

const REFUSED = ['getHeapSnapshot', 'writeHeapSnapshot', 'setHeapSnapshotNearHeapLimit', 'setFlagsFromString', 'queryObjects'];

// To be called right before the Action's code is loaded; the host loads none of its own modules afterwards.
function keepSecrets(main) {
  for (const file of Object.keys(require.cache)) delete require.cache[file];
  main.children.length = 0;
  process.mainModule = undefined;
  process.argv.length = 1;
  for (const name of REFUSED) {
    v8[name] = () => {
      throw new Error(`an Action may not use v8.${name}`);
    };
  }
  syncBuiltinESMExports();
}

module.exports = { keepSecrets };
