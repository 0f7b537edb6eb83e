import { readFileSync } from 'node:fs';

// Loaded before a process of the drill begins: its time of day is off by what stands in a file, as that of a
// machine is whose clock is set. Timers go on, as they do there.

const file = process.env.DRILL_CLOCK;
const { now: right } = Date;
const rereadMs = 20;
let offMs = 0;
let readAt = Number.NEGATIVE_INFINITY;

function now() {
  const elapsed = performance.now();
  if (elapsed - readAt > rereadMs) {
    readAt = elapsed;
    try {
      offMs = Number(readFileSync(file, 'utf8'));
    } catch {
      // The clock is as it was.
    }
  }
  return right() + offMs;
}

globalThis.Date = new Proxy(Date, {
  construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
