import { whyBrake } from '../policy/brake.js';
import type { Correspondence } from './correspondence.js';

const windowMs = 24 * 3_600_000;

/** Reviews that ended since a time, and how many of them would have been mailed. */
export interface Ended {
  reviews: number;
  findings: number;
}

/** Pulls the brake when the course of the last day is odd; answers why, when it does so now. */
export function watch(
  { outbox, objections }: Correspondence,
  endedSince: (ms: number) => Ended,
  now: number,
): string | undefined {
  if (outbox.brake() !== undefined) return undefined;
  const since = Math.max(now - windowMs, outbox.releasedAt() ?? 0);
  const why = whyBrake({
    ...endedSince(since),
    bounces: objections.countBounces(since),
    disputes: objections.countDisputes(since),
    sent: outbox.sentSince(since).length,
  });
  if (why !== undefined) outbox.trip(why, now);
  return why;
}
