import { type Act, monitor } from '../../simulator/index.js';
import { calledAs } from '../finding/called-as.js';
import type { Effect, TraceStep } from '../finding/trace.js';
import { entryText } from './entry.js';
import type { Race } from './race.js';
import { lockText } from './thing.js';
import { hex, Values } from './value.js';
import type { Violation } from './violation.js';

/** Source text of a line, or undefined when the file is not at hand. */
export type SourceLine = (file: string, line: number) => string | undefined;

/** Turns the acts of a replayed violation into the steps that reports draw. */
export function traceOf(race: Race, violation: Violation, source: SourceLine): TraceStep[] {
  const writer = new Writer(race, violation, source);
  for (const act of violation.acts) writer.add(act);
  return writer.finish();
}

class Writer {
  private readonly steps: TraceStep[] = [];
  private readonly held = new Map<number, string[]>();
  private readonly open = new Map<number, TraceStep>();
  private readonly looked = new Map<number, number>();
  private readonly values: Values;

  constructor(
    private readonly race: Race,
    private readonly violation: Violation,
    private readonly source: SourceLine,
  ) {
    this.values = new Values(violation);
  }

  add(act: Act): void {
    const step = this.stepAt(act);
    const locks = this.held.get(act.thread) ?? [];
    if (act.kind === 'acquire') this.held.set(act.thread, [...locks, this.lockOf(act)]);
    if (act.kind === 'release') this.held.set(act.thread, without(locks, this.lockOf(act)));
    step.locks = this.held.get(act.thread) ?? [];
    const told = this.tell(act, step.source);
    if (told !== null) step.event = step.event === null ? told : `${step.event}, ${told}`;
    const effect = this.effectOf(act);
    if (effect !== undefined) step.effects.push(effect);
    if (act.kind === 'sleep') step.blockedOn = 'a wake-up';
    const woken = act.kind === 'event' && act.name === 'wake' ? this.threadOf(act.args[1] as number) : -1;
    if (woken >= 0) step.wakes.push(woken + 1);
  }

  /** Whose task lies there: the model keeps one for each thread, and one for when none runs. */
  private threadOf(task: number): number {
    const tasks = this.violation.program.globals.find(({ name }) => name === 'world_threads');
    if (tasks === undefined || task < tasks.address) return -1;
    const thread = Math.trunc((task - tasks.address) / (tasks.size / (monitor + 1)));
    return thread < monitor ? thread : -1;
  }

  finish(): TraceStep[] {
    const { cause, thread, message } = this.violation;
    const last = this.steps.findLast((step) => step.thread === thread + 1) ?? this.steps.at(-1);
    if (last !== undefined) last.broken = message;
    if (cause !== undefined) {
      const where = this.steps.findLast(
        (step) => step.line === cause.line && step.thread === cause.thread + 1,
      );
      if (where !== undefined && where !== last) where.event = joined(where.event, `<- ${cause.mark}`);
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

  /** What a thread has looked at last is what it waits for. */
  private lookedText(thread: number): string {
    const index = this.looked.get(thread);
    return index === undefined ? '' : ` (looked at index ${index})`;
  }

  private lockOf({ name, args }: Act): string {
    return lockText(this.violation.program, name, args);
  }

  private tell(act: Act, source: string): string | null {
    if (act.kind === 'return') return this.answer(act, source);
    if (act.kind === 'call' && /^(?:finish_wait|remove_wait_queue)$/.test(act.name))
      return 'leaves the wait queue';
    if (act.kind !== 'event') return null;
    switch (act.name) {
      case 'map':
        return `maps ${hex(act.args[1])}, ${sizeText(act.args[2])}, pfn ${act.args[3]}`;
      case 'unmap':
        return `unmaps ${hex(act.args[1])}, ${sizeText(act.args[2])}`;
      case 'lookup':
        this.looked.set(act.thread, act.args[1] ?? 0);
        return null;
      case 'sleep':
        return `enters the wait queue${this.lookedText(act.thread)}`;
      case 'block':
        return act.args[2] === 0
          ? `index ${act.args[1]} is a hole`
          : `index ${act.args[1]} has block ${act.args[2]}`;
      default:
        return null;
    }
  }

  /** What a call gave; whose value it is, where the statement itself does not say so. */
  private answer({ value, callee, fn }: Act, source: string): string | null {
    if (value === undefined || callee?.result === 'void' || callee?.name === fn.name) return null;
    const called = callee && calledAs(source, callee.name);
    const whose = called === undefined || isCallOf(source, called) ? '' : `${called}() `;
    return `${whose}= ${this.values.text(value, callee)}`;
  }

  private effectOf(act: Act): Effect | undefined {
    if (act.kind !== 'event' || act.name !== 'store') return undefined;
    const [, index = 0, , old = 0, now = 0] = act.args;
    return { name: `entry ${index}`, old: entryText(old), new: entryText(now) };
  }
}

/** Whether a statement does nothing with the value of a call but to keep, return or test it as it is. */
function isCallOf(source: string, name: string): boolean {
  const at = source.indexOf(`${name}(`);
  const [before, behind] = [source.slice(0, Math.max(0, at)), behindCall(source, at + name.length)];
  const keeps =
    at === 0 || /^(?:return\s+|(?:else\s+)?(?:if|while)\s*\(|[^=!<>?:()]*[^=!<>?:()]=\s*)$/.test(before);
  return at >= 0 && keeps && /^[\s);{}]*$/.test(behind);
}

/** What follows a call whose arguments begin at `from`; nothing where they go on in the next line. */
function behindCall(source: string, from: number): string {
  let depth = 0;
  for (let at = from; at < source.length; at++) {
    if (source[at] === '(') depth++;
    if (source[at] === ')' && --depth === 0) return source.slice(at + 1);
  }
  return '';
}

const pageSize = 4096;

/** What is larger than a page is huge, and huge pages are scaled: said where the size is. */
function sizeText(bytes = pageSize): string {
  return bytes <= pageSize ? 'PTE' : `PMD (scaled: ${bytes / pageSize} pages)`;
}

function without(locks: string[], name: string): string[] {
  const at = locks.lastIndexOf(name);
  return at < 0 ? locks : [...locks.slice(0, at), ...locks.slice(at + 1)];
}

function joined(event: string | null, more: string): string {
  return event === null ? more : `${event} ${more}`;
}
