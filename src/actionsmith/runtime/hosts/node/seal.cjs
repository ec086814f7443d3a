// What of Node does not fit a process that the kernel holds from outside: where the kernel refuses, an Action
// gets words or a substitute.
'use strict';

const { apply } = Reflect;
const { kill, memoryUsage, pid, resourceUsage } = process;

// Signals to others are refused by the kernel, too.
function refuseSignals() {
  process.kill = (target, signal) => {
    const wanted = Number(target);
    if (wanted === 0 || wanted === pid || wanted === -pid) return apply(kill, process, [target, signal]);
    const error = new Error('an Action may not send signals to other processes');
    error.code = 'EPERM';
    error.syscall = 'kill';
    throw error;
  };
}

// Node reads the resident memory from /proc, where other processes can be seen as well and which is closed
// therefore: instead of the memory now it tells the most that there was, and no share of array buffers.
function tellMemory() {
  process.memoryUsage = () => {
    try {
      return memoryUsage();
    } catch {
      const heap = require('node:v8').getHeapStatistics();
      return {
        rss: apply(resourceUsage, process, []).maxRSS * 1024,
        heapTotal: heap.total_heap_size,
        heapUsed: heap.used_heap_size,
        external: heap.external_memory,
        arrayBuffers: 0,
      };
    }
  };
  process.memoryUsage.rss = () => process.memoryUsage().rss;
}

function seal() {
  refuseSignals();
  tellMemory();
}

module.exports = { seal };
