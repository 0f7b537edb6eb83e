import type { Progress } from '../finding/request.js';
import { escapeLine } from '../report/escape.js';
import { truncate } from '../report/width.js';
import type { Host } from './host.js';

/** Work that is shorter than the first shows no progress; then so often. */
const onTerminal = { quietMs: 1000, intervalMs: 100 };
const onFile = { quietMs: 10_000, intervalMs: 10_000 };

/** A line on stderr for work that takes a while: rewritten in place on a terminal, else one now and then. */
export interface ProgressLine {
  show(progress: Progress): void;
  /** Takes the line away, so that the result stands alone. */
  clear(): void;
  elapsedMs(): number;
}

/** A rate and what it promises say something only after this much was done. */
const fewestDone = 3;

/** `12 s`, `3 min`, `2 h 10 min`. */
function span(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function rate(perSecond: number): string {
  if (perSecond >= 10) return `${Math.round(perSecond)}/s`;
  return perSecond >= 1 ? `${perSecond.toFixed(1)}/s` : `${(perSecond * 60).toFixed(1)}/min`;
}

function lineOf({ what, done, of }: Progress, seconds: number): string {
  const count = of === null ? (done > 0 ? ` ${done}` : '') : ` ${done}/${of}`;
  const parts = [`${escapeLine(what)}${count}`, span(seconds)];
  if (done >= fewestDone) parts.push(rate(done / seconds));
  if (done >= fewestDone && of !== null && of > done)
    parts.push(`${span((seconds / done) * (of - done))} left`);
  return parts.join(', ');
}

export function progressLine(host: Host): ProgressLine {
  const start = host.now();
  let last = Number.NEGATIVE_INFINITY;
  let visible = false;
  return {
    show(progress) {
      const now = host.now();
      const { quietMs, intervalMs } = host.errorIsTerminal ? onTerminal : onFile;
      if (now - start < quietMs || now - last < intervalMs) return;
      last = now;
      const line = lineOf(progress, (now - start) / 1000);
      host.say(
        host.errorIsTerminal ? `\r\x1b[K${truncate(line, (host.columns ?? 80) - 1)}` : `faultline: ${line}\n`,
      );
      visible = host.errorIsTerminal;
    },
    clear() {
      if (visible) host.say('\r\x1b[K');
      visible = false;
    },
    elapsedMs: () => host.now() - start,
  };
}
