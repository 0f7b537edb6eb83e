import { openStage } from '../web/stage.js';

/** The pages of a store, in a process of their own; tells how long they took when it is asked. */
const times: number[] = [];
let spent = process.cpuUsage();
const stage = await openStage(process.argv[2], (ms) => times.push(ms));
process.on('message', () => {
  const sorted = times.splice(0).sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  const { user, system } = process.cpuUsage(spent);
  spent = process.cpuUsage();
  process.send?.({ p50: at(0.5), p99: at(0.99), cpu: (user + system) / 1000 / Math.max(1, sorted.length) });
});
process.send?.({ url: stage.url });
