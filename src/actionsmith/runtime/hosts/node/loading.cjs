// Loading the Action: its packages are found, its code is run, its exports are told.
'use strict';

const { createRequire, registerHooks } = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const util = require('node:util');
const vm = require('node:vm');

const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];

// Run the top-level code of a load frame. Returns what it exports, and `forget()`, which takes back what
// was registered for its imports.
function load({ code, filename, folders, overrides }) {
  const module = { exports: {}, id: filename, filename };
  const compiled = vm.compileFunction(code, PARAMETERS, {
    filename,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const home = folders[0] ?? process.cwd();
  const packages = finder(folders, overrides);
  const hooks = serveImports(filename, packages);
  const ownPath = path.join(home, 'action.js');
  compiled.call(module.exports, module.exports, makeRequire(packages), module, ownPath, home);
  return { exported: module.exports, forget: () => hooks?.deregister() };
}

// Packages are looked up in the first folder, else beside the process; overrides lie where they lie.
function finder(folders, overrides) {
  const base = createRequire(path.join(folders[0] ?? process.cwd(), 'action.js'));
  const replaced = Object.entries(overrides);
  const find = (name) => {
    for (const [known, folder] of replaced) {
      if (name === known) return folder;
      if (name.startsWith(`${known}/`)) return path.join(folder, name.slice(known.length + 1));
    }
    return name;
  };
  return { base, find };
}

function makeRequire({ base, find }) {
  const require = (name) => base(find(name));
  require.resolve = (name) => base.resolve(find(name));
  return require;
}

// `await import('got')` in the Action finds what `require` finds: its packages are not beside its file.
function serveImports(file, { base, find }) {
  const own = path.isAbsolute(file) ? pathToFileURL(file).href : undefined;
  const parentURL = pathToFileURL(base.resolve.paths('.')[0] + path.sep).href;
  return registerHooks?.({
    resolve(name, context, next) {
      if (context.parentURL !== own || !/^[\w@]/.test(name) || name.includes(':')) return next(name, context);
      const target = find(name);
      if (target !== name) return next(pathToFileURL(base.resolve(target)).href, context);
      return next(name, { ...context, parentURL });
    },
  });
}

// What can be called on the exports: name -> `async`, `function` or `other`.
function describeExports(exported) {
  const kinds = Object.create(null);
  for (const name of exportedNames(exported)) kinds[name] = kindOf(exported[name]);
  return kinds;
}

// Its own names, and methods of its class, which are not enumerable.
function exportedNames(exported) {
  const names = new Set(Object.keys(exported ?? {}));
  for (let owner = exported; isHolder(owner); owner = Object.getPrototypeOf(owner)) {
    for (const name of Object.getOwnPropertyNames(owner)) {
      if (name !== 'constructor' && typeof exported[name] === 'function') names.add(name);
    }
  }
  return [...names];
}

function isHolder(value) {
  return typeof value === 'object' && value !== null && value !== Object.prototype;
}

function kindOf(value) {
  // a generator is no handler: calling it would run nothing
  if (util.types.isAsyncFunction(value) && !util.types.isGeneratorFunction(value)) return 'async';
  return typeof value === 'function' ? 'function' : 'other';
}

module.exports = { describeExports, load };
