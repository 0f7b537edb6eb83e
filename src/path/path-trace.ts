import type { PathStep } from '../../simulator/path/replay-path.js';
import type { TraceStep } from '../finding/trace.js';

/** Source text of a line, or undefined when the file is not at hand. */
export type SourceLine = (file: string, line: number) => string | undefined;

/** A path as the steps of one thread: its lines, what it takes and releases, and which way it goes. */
export function pathTrace(
  steps: readonly PathStep[],
  role: string,
  message: string,
  source: SourceLine,
): TraceStep[] {
  const trace: TraceStep[] = [];
  const locks: string[] = [];
  for (const step of steps) {
    const event = eventOf(step, locks);
    const last = trace.at(-1);
    if (last && last.line === step.line && last.function === step.fn) {
      if (event !== null) last.event = last.event === null ? event : `${last.event}, ${event}`;
      last.locks = [...locks];
      continue;
    }
    trace.push({
      step: trace.length + 1,
      thread: 1,
      role,
      file: step.file,
      line: step.line,
      function: step.fn,
      source: (source(step.file, step.line) ?? '').trim(),
      event,
      locks: [...locks],
      blockedOn: null,
      wakes: [],
      effects: [],
      broken: null,
    });
  }
  const last = trace.at(-1);
  if (last) last.broken = message;
  return trace;
}

function eventOf({ event, decided }: PathStep, locks: string[]): string | null {
  if (event?.kind === 'acquire') {
    locks.push(event.lock.by);
    return 'takes the lock';
  }
  if (event?.kind === 'release') {
    const at = event.held ? locks.lastIndexOf(event.held.by) : -1;
    if (at >= 0) locks.splice(at, 1);
    return 'releases the lock';
  }
  if (event?.kind === 'sleep') return 'may sleep';
  return decided ? 'either way is possible' : null;
}
