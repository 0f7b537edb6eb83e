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
  /** Locks the thread holds after it, without those that its role brought along. */
  locks: string[];
  /** It took or gave back a lock, or both. */
  changesLocks: boolean;
}

function notesOf(step: TraceStep): string[] {
  const notes = step.event === null ? [] : [step.event];
  for (const effect of step.effects) notes.push(`${effect.name}: ${effect.old} -> ${effect.new}`);
  if (step.wakes.length > 0) notes.push(`wakes ${step.wakes.join(', ')}`);
  if (step.blockedOn !== null) notes.push(`waits for ${step.blockedOn}`);
  return notes.map(escapeLine).filter((note) => note !== '');
}

function sameStatement(moment: Moment, step: TraceStep): boolean {
  return (
    moment.thread === step.thread &&
    moment.line === step.line &&
    moment.function === escapeLine(step.function) &&
    moment.file === escapeLine(step.file) &&
    (step.source === '' || moment.source === escapeLine(step.source))
  );
}

function sameLocks(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((lock, at) => lock === b[at]);
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
    locks: [],
    changesLocks: false,
  };
}

/** What a thread holds when it first shows a line of the reader's: its caller's locks, held all the time. */
function firstLocks(trace: TraceStep[], thread: number): string[] {
  const own = trace.filter((step) => step.thread === thread);
  const first = own.findIndex((step) => step.source !== '');
  return own[first - 1]?.locks ?? [];
}

/** A lock may stand there twice: two locks of one object have one name. */
function without(locks: readonly string[], brought: readonly string[]): string[] {
  const left = [...locks];
  for (const lock of brought) if (left.includes(lock)) left.splice(left.indexOf(lock), 1);
  return left;
}

/**
 * The trace as moments: steps of one statement joined, and steps of the model that show nothing left out
 * (a lock that the model takes belongs to the statement that called it).
 */
export function momentsOf(trace: TraceStep[]): Moment[] {
  const moments: Moment[] = [];
  const latest = new Map<number, Moment>();
  const held = new Map<number, string[]>();
  const brought = new Map<number, string[]>();
  for (const step of trace) {
    const { thread } = step;
    if (!brought.has(thread)) brought.set(thread, firstLocks(trace, thread));
    const locks = without(step.locks, brought.get(thread)!).map(escapeLine);
    const notes = notesOf(step);
    const broken = step.broken === null ? [] : [escapeLine(step.broken)];
    const changed = !sameLocks(held.get(thread) ?? [], locks);
    held.set(thread, locks);
    let moment = latest.get(thread);
    const shows = step.source !== '' || notes.length > 0 || broken.length > 0;
    if (shows && (moment === undefined || moments.at(-1) !== moment || !sameStatement(moment, step))) {
      moment = momentOf(step);
      moments.push(moment);
      latest.set(thread, moment);
    }
    if (moment === undefined) continue;
    moment.notes.push(...notes.filter((note) => !moment.notes.includes(note)));
    moment.broken.push(...broken);
    moment.locks = locks;
    moment.changesLocks ||= changed;
  }
  return moments;
}

/** Times that the trace passes from one thread to another. */
export function switchesOf(trace: TraceStep[]): number {
  return trace.filter((step, at) => at > 0 && step.thread !== trace[at - 1]!.thread).length;
}
