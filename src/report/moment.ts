import type { TraceStep } from '../finding/trace.js';
import { escapeLine } from './escape.js';

/** One line of a drawn trace: the steps that one thread made in one statement. All text is escaped. */
export interface Moment {
  thread: number;
  file: string;
  function: string;
  line: number;
  source: string;
  /** What came of the statement: values, changed state, waits and wakes. */
  notes: string[];
  broken: string[];
  /** Worth showing for itself; the rest may be left out between two such moments. */
  telling: boolean;
}

function notesOf(step: TraceStep): string[] {
  const notes = step.event === null ? [] : [step.event];
  for (const effect of step.effects) notes.push(`${effect.name}: ${effect.old} -> ${effect.new}`);
  if (step.wakes.length > 0) notes.push(`wakes ${step.wakes.join(', ')}`);
  if (step.blockedOn !== null) notes.push(`waits for ${step.blockedOn}`);
  return notes.map(escapeLine).filter((note) => note !== '');
}

function sameStatement(moment: Moment | undefined, step: TraceStep): boolean {
  return (
    moment?.thread === step.thread &&
    moment.line === step.line &&
    moment.function === escapeLine(step.function) &&
    moment.file === escapeLine(step.file) &&
    (step.source === '' || moment.source === escapeLine(step.source))
  );
}

/** A lock taken or given back tells something even when nobody noted it. */
function changesLocks(step: TraceStep, before: TraceStep | undefined): boolean {
  const held = before?.locks ?? [];
  return held.length !== step.locks.length || step.locks.some((lock, at) => lock !== held[at]);
}

function momentOf(step: TraceStep): Moment {
  return {
    thread: step.thread,
    file: escapeLine(step.file),
    function: escapeLine(step.function),
    line: step.line,
    source: escapeLine(step.source),
    notes: [],
    broken: [],
    telling: false,
  };
}

/** The trace as moments: steps of one statement joined, steps that show nothing at all left out. */
export function momentsOf(trace: TraceStep[]): Moment[] {
  const moments: Moment[] = [];
  const latest = new Map<number, TraceStep>();
  for (const step of trace) {
    const notes = notesOf(step);
    const broken = step.broken === null ? [] : [escapeLine(step.broken)];
    const telling = notes.length > 0 || broken.length > 0 || changesLocks(step, latest.get(step.thread));
    latest.set(step.thread, step);
    if (step.source === '' && notes.length === 0 && broken.length === 0) continue;
    let moment = moments.at(-1);
    if (!sameStatement(moment, step)) {
      moment = momentOf(step);
      moments.push(moment);
    }
    moment!.notes.push(...notes.filter((note) => !moment!.notes.includes(note)));
    moment!.broken.push(...broken);
    moment!.telling ||= telling;
  }
  return moments;
}

/** Times that the trace passes from one thread to another. */
export function switchesOf(trace: TraceStep[]): number {
  return trace.filter((step, at) => at > 0 && step.thread !== trace[at - 1]!.thread).length;
}
