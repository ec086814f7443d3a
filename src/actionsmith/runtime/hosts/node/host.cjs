// The course of a host: load once, then call a handler as often as the parent asks for it.
'use strict';

const { performance } = require('node:perf_hooks');
const { buildApi, prepare } = require('./api.cjs');
const { Lines, makeConsole } = require('./console.cjs');
const { currentLine, describe } = require('./errors.cjs');
const { describeExports, load } = require('./loading.cjs');
const { used, written } = require('./streams.cjs');

// An Action may replace these.
const now = performance.now.bind(performance);
const { resourceUsage } = process;
const { stringify } = JSON;
const { Promise, setImmediate } = globalThis;

const MOMENT_MS = 0.1;

// One Action, its pipe and its console.
class Host {
  constructor(pipe) {
    this.pipe = pipe;
    this.lines = new Lines(pipe);
    this.file = '';
    this.stage = 'load';
    this.loaded = null;
    this.makeApi = null; // of the trigger, whose methods are told with the first call
    this.limits = { console: 0 };
    this.meter = new Meter(); // of the load or call that is running
    this.settle = null; // ends the handler that is running, from outside of it
    this.covered = null; // gives the frame that tells what of the Action has run, when that is asked for
    this.lineNow = (called) => currentLine(this.file, called);
    this.console = makeConsole(this.lines, this.lineNow); // ahead: a waiting host has the time
  }

  // Run the Action's top-level code and tell what it exports. Returns whether that went well.
  load(frame) {
    this.measure();
    try {
      this.file = frame.filename;
      this.limits = frame.limits;
      this.lines.allow(frame.limits.console);
      globalThis.console = this.console;
      this.loaded = load(frame);
      this.pipe.send({ __proto__: null, t: 'loaded', exports: describeExports(this.loaded.exported) });
      this.stage = 'call';
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  // Run one handler and tell how it ended.
  async call({ handler, event, secrets, methods }) {
    this.measure();
    if (methods !== null) this.makeApi = prepare(methods);
    event.secrets = secrets;
    const { api, close } = buildApi(this.makeApi, event, this.pipe, this.lineNow, this.limits);
    try {
      await new Promise((resolve, reject) => {
        this.settle = reject;
        this.run(handler, event, api, resolve, reject);
      });
      this.conclude(`{"t":"done",${this.usage()}}`);
    } catch (error) {
      this.fail(error);
    } finally {
      close();
      this.settle = null;
      this.lines.allow(this.limits.console);
    }
  }

  async run(handler, event, api, resolve, reject) {
    try {
      await this.loaded.exported[handler](event, api);
      if (used()) await written();
      this.pipe.end();
      setImmediate(resolve); // one turn of the event loop: a rejection that nobody handles shows up now
    } catch (error) {
      reject(error);
    }
  }

  // Tell that the load or call that is running has failed.
  fail(error) {
    const told = stringify(describe(error, this.file));
    this.conclude(`{"t":"failed","stage":"${this.stage}","error":${told},${this.usage()}}`);
  }

  // Send the frame that ends a load or call, after the one that tells what has run.
  conclude(frame) {
    this.lines.settle();
    const ran = this.covered === null ? null : this.covered();
    if (ran !== null) this.pipe.send(ran);
    this.pipe.send(frame);
  }

  measure() {
    this.meter.begin();
    this.lines.started = this.meter.started;
  }

  // What the load or call has used, as members of a frame.
  usage() {
    const { duration, cpu, memory } = this.meter.end();
    return `"duration":${duration},"cpu":${cpu},"memory":${memory},"dropped":${this.lines.dropped}`;
  }
}

// Time and processor time of one load or call in milliseconds, and the most memory used, in bytes.
class Meter {
  #cpu = 0; // at the last end: a host that waits uses none
  #memory = 0;

  constructor() {
    this.#measure();
  }

  begin() {
    this.started = now();
  }

  // What takes next to no time has computed all the while: to ask the system would take as long again.
  end() {
    const duration = now() - this.started;
    const before = this.#cpu;
    if (duration < MOMENT_MS) this.#cpu += duration;
    else this.#measure();
    return { duration, cpu: this.#cpu > before ? this.#cpu - before : 0, memory: this.#memory };
  }

  #measure() {
    const { userCPUTime, systemCPUTime, maxRSS } = resourceUsage();
    this.#cpu = (userCPUTime + systemCPUTime) / 1000;
    this.#memory = maxRSS * 1024;
  }
}

module.exports = { Host };
