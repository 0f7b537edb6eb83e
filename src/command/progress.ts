import type { Progress } from '../finding/request.js';
import { escapeLine } from '../report/escape.js';
import { truncate } from '../report/width.js';
import type { World } from './world.js';

/** Work that is shorter than this shows no progress. */
const quietMs = 1000;
const terminalIntervalMs = 100;
const plainIntervalMs = 10_000;

/** A line on stderr for work over a second: rewritten in place on a terminal, else one now and then. */
export interface ProgressLine {
  show(progress: Progress): void;
  /** Takes the line away, so that the result stands alone. */
  clear(): void;
  elapsedMs(): number;
}

function lineOf(progress: Progress, seconds: number): string {
  const part =
    progress.of === null
      ? progress.done > 0
        ? ` ${progress.done}`
        : ''
      : ` ${progress.done}/${progress.of}`;
  return `${escapeLine(progress.what)}${part}, ${seconds.toFixed(0)} s`;
}

export function progressLine(world: World): ProgressLine {
  const start = world.now();
  let last = Number.NEGATIVE_INFINITY;
  let visible = false;
  return {
    show(progress) {
      const now = world.now();
      const interval = world.errorIsTerminal ? terminalIntervalMs : plainIntervalMs;
      if (now - start < quietMs || now - last < interval) return;
      last = now;
      const line = lineOf(progress, (now - start) / 1000);
      world.say(
        world.errorIsTerminal
          ? `\r\x1b[K${truncate(line, (world.columns ?? 80) - 1)}`
          : `faultline: ${line}\n`,
      );
      visible = world.errorIsTerminal;
    },
    clear() {
      if (visible) world.say('\r\x1b[K');
      visible = false;
    },
    elapsedMs: () => world.now() - start,
  };
}
