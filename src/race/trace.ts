import type { Act } from '../../simulator/index.js';
import type { Effect, TraceStep } from '../finding/trace.js';
import type { Judged } from './judge.js';
import type { Race } from './race.js';

/** What a trace says at the line of a cause. */
const marks = {
  'unlocked-entry-path': '<- on an outdated look at the entry',
  'lock-leak': '<- and nothing closes it',
};

/** Source text of a line, or undefined when the file is not at hand. */
export type SourceLine = (file: string, line: number) => string | undefined;

/** Turns the acts of a replayed violation into the steps that reports draw. */
export function traceOf(race: Race, violation: Judged, source: SourceLine): TraceStep[] {
  const writer = new Writer(race, violation, source);
  for (const act of violation.acts) writer.add(act);
  return writer.finish();
}

class Writer {
  private readonly steps: TraceStep[] = [];
  private readonly held = new Map<number, string[]>();
  private readonly open = new Map<number, TraceStep>();

  constructor(
    private readonly race: Race,
    private readonly violation: Judged,
    private readonly source: SourceLine,
  ) {}

  add(act: Act): void {
    const step = this.stepAt(act);
    const locks = this.held.get(act.thread) ?? [];
    if (act.kind === 'acquire') this.held.set(act.thread, [...locks, act.name]);
    if (act.kind === 'release') this.held.set(act.thread, without(locks, act.name));
    step.locks = this.held.get(act.thread) ?? [];
    const told = this.tell(act);
    if (told !== null) step.event = step.event === null ? told : `${step.event}, ${told}`;
    const effect = this.effectOf(act);
    if (effect !== undefined) step.effects.push(effect);
    if (act.kind === 'sleep') step.blockedOn = 'a wake-up';
    if (act.kind === 'event' && act.name === 'wake' && (act.args[1] ?? -1) >= 0) {
      step.wakes.push((act.args[1] as number) + 1);
    }
  }

  finish(): TraceStep[] {
    const { cause, thread, message } = this.violation;
    const last = this.steps.findLast((step) => step.thread === thread + 1) ?? this.steps.at(-1);
    if (last !== undefined) last.broken = message;
    if (cause !== undefined) {
      const where = this.steps.findLast(
        (step) => step.line === cause.line && step.thread === cause.thread + 1,
      );
      if (where !== undefined && where !== last) where.event = joined(where.event, marks[cause.rule]);
    }
    return this.steps;
  }

  /** The thread's open step when it is still at the same line, otherwise a new one. */
  private stepAt(act: Act): TraceStep {
    const open = this.open.get(act.thread);
    const latest = this.steps.at(-1);
    if (open !== undefined && open === latest && open.line === act.line && open.function === act.fn.name)
      return open;
    const step: TraceStep = {
      step: this.steps.length + 1,
      thread: act.thread + 1,
      role: this.race.threads[act.thread]?.name ?? `thread ${act.thread + 1}`,
      file: act.fn.file,
      line: act.line,
      function: act.fn.name,
      source: (this.source(act.fn.file, act.line) ?? '').trim(),
      event: null,
      locks: this.held.get(act.thread) ?? [],
      blockedOn: null,
      wakes: [],
      effects: [],
      broken: null,
    };
    this.steps.push(step);
    this.open.set(act.thread, step);
    return step;
  }

  private tell(act: Act): string | null {
    if (act.kind === 'return' && act.value !== undefined && act.callee?.result !== 'void') {
      return act.callee?.name === act.fn.name
        ? null
        : `= ${valueText(act.value, act.callee, this.violation)}`;
    }
    if (act.kind !== 'event') return null;
    switch (act.name) {
      case 'map':
        return `maps ${hex(act.args[1])}, ${act.args[2]} bytes, pfn ${act.args[3]}`;
      case 'unmap':
        return `unmaps ${hex(act.args[1])}, ${act.args[2]} bytes`;
      case 'block':
        return act.args[2] === 0
          ? `index ${act.args[1]} is a hole`
          : `index ${act.args[1]} has block ${act.args[2]}`;
      default:
        return null;
    }
  }

  private effectOf(act: Act): Effect | undefined {
    if (act.kind !== 'event' || act.name !== 'store') return undefined;
    const [, index = 0, , old = 0, now = 0] = act.args;
    return { name: `entry ${index}`, old: entryText(old), new: entryText(now) };
  }
}

const errorNames: Record<number, string> = {
  2: 'ENOENT',
  4: 'EINTR',
  5: 'EIO',
  11: 'EAGAIN',
  12: 'ENOMEM',
  14: 'EFAULT',
  16: 'EBUSY',
  17: 'EEXIST',
  22: 'EINVAL',
  28: 'ENOSPC',
  34: 'ERANGE',
};

const faultNames: [bit: number, name: string][] = [
  [0x1, 'OOM'],
  [0x2, 'SIGBUS'],
  [0x100, 'NOPAGE'],
  [0x200, 'LOCKED'],
  [0x400, 'RETRY'],
  [0x800, 'FALLBACK'],
  [0x1000, 'DONE_COW'],
  [0x2000, 'NEEDDSYNC'],
];

/** A returned value as kernel people write it. */
function valueText(value: number, callee: Act['callee'], violation: Judged): string {
  if (value < 0 && errorNames[-value] !== undefined) return `-${errorNames[-value]}`;
  if (callee?.result === 'pointer') return value === 0 ? 'NULL' : (violation.nameOf(value) ?? hex(value));
  if (value > 0 && /fault|^vmf_insert|^vm_insert/.test(callee?.name ?? '')) {
    const names = faultNames.filter(([bit]) => (value & bit) !== 0).map(([, name]) => `VM_FAULT_${name}`);
    if (names.length > 0) return names.join('|');
  }
  return `${value}`;
}

/** A tree entry as the reader knows it; the bits are those of told() in simulator/kernel/entry.c. */
function entryText(told: number): string {
  if (told === 0) return 'none';
  if (told === 1) return 'a page';
  const size = (told & 8) !== 0 ? 'PMD' : 'PTE';
  const what = (told & 32) !== 0 ? 'empty' : (told & 16) !== 0 ? 'zero page' : `pfn ${told >>> 6}`;
  return `${size}, ${what}${(told & 4) !== 0 ? ', locked' : ''}`;
}

function hex(value: number | undefined): string {
  return `0x${((value ?? 0) >>> 0).toString(16)}`;
}

function without(locks: string[], name: string): string[] {
  const at = locks.lastIndexOf(name);
  return at < 0 ? locks : [...locks.slice(0, at), ...locks.slice(at + 1)];
}

function joined(event: string | null, more: string): string {
  return event === null ? more : `${event} ${more}`;
}
