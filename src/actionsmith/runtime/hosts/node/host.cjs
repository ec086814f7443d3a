// The course of a host: load once, then call a handler as often as the parent asks for it.
'use strict';

const { performance } = require('node:perf_hooks');
const { buildApi } = require('./api.cjs');
const { Lines, makeConsole } = require('./console.cjs');
const { currentLine, describe } = require('./errors.cjs');
const { describeExports, load } = require('./loading.cjs');
const { written } = require('./streams.cjs');

const now = performance.now.bind(performance); // an Action may replace it

// One Action, its pipe and its console.
class Host {
  constructor(pipe) {
    this.pipe = pipe;
    this.lines = new Lines(pipe);
    this.file = '';
    this.stage = 'load';
    this.loaded = null;
    this.meter = new Meter(); // of the load or call that is running
    this.settle = null; // ends the handler that is running, from outside of it
    this.lineNow = () => currentLine(this.file);
  }

  // Run the Action's top-level code and tell what it exports. Returns whether that went well.
  load(frame) {
    this.measure();
    try {
      this.file = frame.filename;
      this.lines.left = frame.console_limit;
      if (frame.now !== null || frame.seed !== null) require('./clock.cjs').freeze(frame); // seldom asked for
      globalThis.console = makeConsole(this.lines, this.lineNow);
      this.loaded = load(frame);
      this.pipe.send({ t: 'loaded', exports: describeExports(this.loaded.exported) });
      this.stage = 'call';
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  // Run one handler and tell how it ended.
  async call({ handler, event, methods }) {
    this.measure();
    const { exported } = this.loaded;
    try {
      await new Promise((resolve, reject) => {
        this.settle = reject;
        const api = buildApi(methods, event, this.pipe, this.lineNow);
        exported[handler](event, api).then(resolve, reject);
      });
      await written();
      // one turn of the event loop: a rejection that nobody handles shows up now
      await new Promise((resolve, reject) => {
        this.settle = reject;
        setImmediate(resolve);
      });
      this.pipe.send({ t: 'done', ...this.usage() });
    } catch (error) {
      this.fail(error);
    } finally {
      this.settle = null;
    }
  }

  // Tell that the load or call that is running has failed.
  fail(error) {
    const told = describe(error, this.file);
    this.pipe.send({ t: 'failed', stage: this.stage, error: told, ...this.usage() });
  }

  measure() {
    this.meter = new Meter();
    this.lines.started = this.meter.started;
  }

  usage() {
    return { ...this.meter.read(), dropped: this.lines.dropped };
  }
}

// Time and processor time of one load or call in milliseconds, and the most memory used, in bytes.
class Meter {
  constructor() {
    this.started = now();
    this.cpu = process.cpuUsage();
  }

  read() {
    const cpu = process.cpuUsage(this.cpu);
    return {
      duration: now() - this.started,
      cpu: (cpu.user + cpu.system) / 1000,
      memory: process.resourceUsage().maxRSS * 1024,
    };
  }
}

module.exports = { Host };
