import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const dayMs = 86_400_000;

/** The time of day of all processes that begin with `environment`. */
export interface Clock {
  environment: Record<string, string>;
  /** Sets it off by so much from what is right. */
  step(offMs: number): void;
}

export function makeClock(folder: string): Clock {
  const file = join(folder, 'clock');
  const step = (offMs: number) => {
    writeFileSync(`${file}.new`, String(offMs));
    renameSync(`${file}.new`, file);
  };
  step(0);
  const loader = new URL('./stepped-clock.mjs', import.meta.url).href;
  return { environment: { NODE_OPTIONS: `--import=${loader}`, DRILL_CLOCK: file }, step };
}

/** Half of the steps are some seconds, as a clock drifts; half are weeks, as a clock is wrong that lost its battery. */
export function anyStep(random: () => number): number {
  const sign = random() < 0.5 ? -1 : 1;
  return Math.round(sign * (random() < 0.5 ? 1000 + random() * 30_000 : (2 + random() * 40) * dayMs));
}
