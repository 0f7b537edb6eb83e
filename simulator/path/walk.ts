import type { Fn, Instruction, Program } from '../vm/program.js';
import { access } from './access.js';
import type { Admission } from './admission.js';
import { heldTwice, toldApart } from './alias.js';
import type { Calculator } from './calculate.js';
import { assumeCase, choiceAt, questionsOf, waysOf } from './choice.js';
import { noteErrors, positiveAnswer } from './errors.js';
import type { Moment, PathEvent } from './event.js';
import { areFlags, isOfMode } from './flags.js';
import { Flow } from './flow.js';
import { guess, intrinsic } from './intrinsic.js';
import { answer, believe, calleeOf, enter, isFatal } from './invoke.js';
import { isNoLock, saysByNull, settle } from './lock-call.js';
import { neverError } from './no-error.js';
import { tell } from './passed.js';
import { placeOfFork, wayOn } from './patience.js';
import { notePlausible } from './plausible.js';
import { askedFor, askedWithin, conditionOf, forcedOutcome, subjectOf } from './recall.js';
import { ofConstants, ofModes, ofRounds } from './rule.js';
import { type Frame, ownFrame, ownTop, type State, topOf } from './state.js';
import { isTerm, type Term, TooMuch, type Value } from './term.js';
import { readUnset } from './unset.js';

/** Where a path stands that cannot go on by itself. */
export type Standing =
  /** So many ways lead on; `take` chooses one. */
  | { kind: 'fork'; ways: number }
  | { kind: 'end' }
  /** It comes to where another path was, with the same before it. */
  | { kind: 'merged' }
  /** It ends in a BUG, or goes nowhere that C defines. */
  | { kind: 'dead' }
  /** More rounds of a loop than are looked at; or, with a reason, more than can be looked at. */
  | { kind: 'cut'; why?: string };

/** What a walk asks of its surroundings. */
export interface Surroundings {
  program: Program;
  calculator: Calculator;
  /** How a function of the program is run where it is called. */
  admit(fn: Fn, state: State): Admission;
  tell(moment: Moment): void;
  /** Whether a path was here before in the same condition. */
  visited(state: State): boolean;
  /** Whether a path goes on through a function in which it decides a third time (patience.ts). */
  isPatient(fn: Fn): boolean;
  onLine?(frame: Frame): void;
  /** Told of every question that both answers are possible to. */
  asks(subject: Term, frames: readonly Frame[]): void;
  /** Paired families of lock names that the program calls. */
  families: ReadonlySet<string>;
}

const mostRounds = 2;
const mostTurns = 80;
const mostSteps = 60_000;
/** Each case of a switch is compared with all others, once for every path that takes it. */
const mostCases = 256;

/** Runs paths: instructions one after the other, until both outcomes of something are possible. */
export class Walk {
  readonly constants: Value[];
  steps = 0;
  private readonly flows = new Map<Fn, Flow>();

  constructor(readonly around: Surroundings) {
    this.constants = around.program.constants.map((value) => around.calculator.wide.word(value));
  }

  flowOf(fn: Fn): Flow {
    const known = this.flows.get(fn) ?? new Flow(fn);
    this.flows.set(fn, known);
    return known;
  }

  /** Goes on to the next fork or to the end. */
  advance(state: State): Standing {
    for (let steps = 0; ; steps++) {
      if (steps > mostSteps) throw new TooMuch('a path runs too long');
      this.steps++;
      const frame = ownTop(state);
      const flow = this.flowOf(frame.fn);
      flow.run[frame.at] = 1;
      if (steps > 0 && flow.joins[frame.at]) {
        if (this.turns(frame))
          return { kind: 'cut', why: `a loop of ${frame.fn.name}() goes round too often` };
        if (this.around.visited(state)) return { kind: 'merged' };
      }
      const standing = this.step(state, frame);
      if (standing !== undefined) return standing;
    }
  }

  /** A loop whose rounds are counted out, as over a table: so many that they are not all run. */
  private turns(frame: Frame): boolean {
    return frame.rounds.up(frame.at * 2) > mostTurns;
  }

  private step(state: State, frame: Frame): Standing | undefined {
    const i = frame.fn.code[frame.at] as Instruction;
    this.around.onLine?.(frame);
    if (state.frames.length === 1) readUnset(this, state, frame);
    const { calculator } = this.around;
    switch (i.op) {
      case 'branch':
        return this.branch(state, frame, i);
      case 'switch':
        return this.dispatch(state, frame, i);
      case 'jump':
        frame.at = i.to;
        return undefined;
      case 'return':
        return this.leave(state, i.a === undefined ? undefined : this.value(frame, i.a));
      case 'call':
      case 'callIndirect':
      case 'unknown':
        return this.call(state, frame, i);
      case 'intrinsic':
        return intrinsic(this, state, frame, i);
      case 'guess':
        return guess(frame, i.reason);
      default:
    }
    frame.at++;
    switch (i.op) {
      case 'move':
        frame.registers[i.d] = this.value(frame, i.a);
        break;
      case 'binary':
        frame.registers[i.d] = calculator.binary(
          i.f,
          i.width,
          i.signed,
          this.value(frame, i.a),
          this.value(frame, i.b),
        );
        break;
      case 'unary':
        frame.registers[i.d] = calculator.unary(i.f, i.width, this.value(frame, i.a));
        break;
      case 'convert':
        frame.registers[i.d] = calculator.convert(i.from, i.to, this.value(frame, i.a));
        break;
      case 'local':
        frame.registers[i.d] = calculator.terms.offset(frame.base, i.offset);
        break;
      default:
        return access(this, state, frame, i);
    }
    return undefined;
  }

  value(frame: Frame, operand: number): Value {
    return (operand >= 0 ? frame.registers[operand] : this.constants[~operand]) as Value;
  }

  private branch(
    state: State,
    frame: Frame,
    i: Extract<Instruction, { op: 'branch' }>,
  ): Standing | undefined {
    const asked = this.value(frame, i.a);
    const subject = subjectOf(asked);
    if (subject) {
      this.around.asks(subject, state.frames);
      this.tell(state, { kind: 'ask', subject, bare: conditionOf(asked)?.bare ?? subject.bare });
    }
    const known = state.facts.truth(asked);
    if (known !== undefined) {
      this.go(state, frame, i, asked, known, false);
      return undefined;
    }
    const condition = conditionOf(asked);
    const forced = condition && forcedOutcome(state, condition, (fn) => this.flowOf(fn));
    if (forced !== undefined) {
      state.facts.assume(asked, forced);
      this.go(state, frame, i, asked, forced);
      return undefined;
    }
    const isOften = this.around.isPatient(frame.fn) && frame.rounds.of(placeOfFork(frame.at)) >= mostRounds;
    const on = isOften ? wayOn(frame, i, this.flowOf(frame.fn)) : undefined;
    if (on !== undefined) {
      state.marks.set(ofRounds, 1);
      state.facts.assume(asked, on);
      this.go(state, frame, i, asked, on);
      return undefined;
    }
    if (areFlags(asked)) state.marks.set(ofConstants, 1);
    if (isOfMode(this, frame, i)) state.marks.set(ofModes, 1);
    return this.fork(frame, 2);
  }

  private fork(frame: Frame, ways: number): Standing {
    const rounds = frame.rounds.up(placeOfFork(frame.at));
    return rounds > mostRounds ? { kind: 'cut' } : { kind: 'fork', ways };
  }

  private go(
    state: State,
    frame: Frame,
    i: Extract<Instruction, { op: 'branch' }>,
    asked: Value,
    outcome: boolean,
    open = true,
  ): void {
    notePlausible(state, asked, outcome);
    askedFor(frame, asked, outcome, outcome ? i.else : i.then, open);
    frame.at = outcome ? i.then : i.else;
  }

  /** Takes one of the ways of a fork. */
  take(state: State, way: number): void {
    const frame = ownTop(state);
    const i = frame.fn.code[frame.at] as Instruction;
    state.choices = { outcome: way, before: state.choices };
    state.taken++;
    if (i.op === 'branch') {
      const asked = this.value(frame, i.a);
      noteErrors(state, asked, way === 0);
      const answered = positiveAnswer(asked, way === 0);
      if (answered) tell(state, answered);
      toldApart(state, asked, way === 0, this.around.calculator.terms);
      state.facts.assume(asked, way === 0);
      if (state.held.length > 1) heldTwice(state, this.around.calculator);
      this.go(state, frame, i, asked, way === 0);
    } else if (i.op === 'switch') {
      const choice = choiceAt(this, state, frame, i);
      const target = waysOf(choice)[way];
      if (target === undefined) throw new TooMuch('a choice that is none');
      assumeCase(choice, target.value);
      frame.at = target.to;
    }
  }

  private dispatch(
    state: State,
    frame: Frame,
    i: Extract<Instruction, { op: 'switch' }>,
  ): Standing | undefined {
    if (i.cases.length > mostCases) return { kind: 'cut', why: 'a switch has more cases than are looked at' };
    const choice = choiceAt(this, state, frame, i);
    for (const question of questionsOf(choice)) this.around.asks(question, state.frames);
    const ways = waysOf(choice);
    if (ways.length !== 1) return this.fork(frame, ways.length);
    assumeCase(choice, ways[0]?.value);
    frame.at = ways[0]?.to as number;
    return undefined;
  }

  private call(
    state: State,
    frame: Frame,
    i: Extract<Instruction, { op: 'call' | 'callIndirect' | 'unknown' }>,
  ): Standing | undefined {
    const args = i.args.map((operand) => this.value(frame, operand));
    const callee = calleeOf(this, frame, i);
    const admission = callee && this.around.admit(callee, state);
    if (typeof admission === 'object') return { kind: 'cut', why: admission.heavy };
    if (callee && admission === 'enter') {
      this.tell(state, { kind: 'call', name: callee.name, args });
      frame.at++;
      enter(this, state, callee, args, i.d);
      return undefined;
    }
    const name = callee?.name ?? (i.op === 'unknown' ? i.name : i.op === 'callIndirect' ? i.text : '');
    if (isFatal(name) || isNoLock(name, args)) return { kind: 'dead' };
    if (callee && (admission === 'believe' || admission === 'doubt'))
      believe(this, state, frame, callee, admission === 'doubt');
    const value = answer(this, state, frame, name, args, i.op === 'callIndirect', callee);
    if (callee && isTerm(value) && neverError(this.around.program, callee)) state.facts.found(value);
    frame.at++;
    if (i.d >= 0) frame.registers[i.d] = value;
    return undefined;
  }

  private leave(state: State, value: Value | undefined): Standing | undefined {
    const frame = state.frames.pop() as Frame;
    if (state.frames.length === 0) {
      state.frames.push(frame);
      this.tell(state, { kind: 'end', value });
      return { kind: 'end' };
    }
    const caller = ownFrame(state, state.frames.length - 1);
    state.cells.drop(frame.base);
    saysByNull(this, state, frame, value);
    // What it took and released is its own affair.
    state.past = state.past.filter(({ by, fn }) => by === '' || fn !== frame.fn.name);
    if (frame.result >= 0) caller.registers[frame.result] = value ?? 0;
    askedWithin(frame, caller);
    this.tell(state, { kind: 'return', name: frame.fn.name, args: [], value: value ?? 0 });
    return undefined;
  }

  tell(state: State, event: PathEvent): void {
    settle(state);
    const frame = topOf(state);
    const { line } = frame.fn.code[Math.min(frame.at, frame.fn.code.length - 1)] as Instruction;
    this.around.tell({ event, state, file: frame.fn.file, line, fn: frame.fn.name });
  }
}
