import { operands, successors } from './liveness.js';
import {
  addressSpace,
  type Fn,
  type Global,
  type Instruction,
  type Operand,
  type Program,
} from './program.js';
import { instructionsOf, type Run, type Ways } from './runs.js';

/**
 * Whether another program does, step for step, all that a search has seen a program do: where both are the same but
 * for what was never run, they are the same to every interleaving. Answers what such a search would have run of the
 * other; undefined where that is not plain to see.
 *
 * `entered`: names of all functions that the search has entered; `runs`: what it has run of those that may differ.
 * Their registers may be numbered otherwise, and so may functions; memory lies where it lay.
 */
export function sameRun(
  was: Program,
  is: Program,
  entered: readonly string[],
  runs: readonly Run[],
): Run[] | undefined {
  const twins = new Twins(was, is);
  if (!twins.haveSameGlobals()) return undefined;
  const known = new Map(runs.map((run) => [run.fn, run]));
  const found: Run[] = [];
  const names = new Set(entered);
  for (const fn of was.functions) {
    if (!names.has(fn.name)) continue;
    const other = twins.of(fn);
    const run = known.get(fn);
    const ways = other && twins.waysThrough(fn, run, other);
    if (ways === undefined) return undefined;
    if (run !== undefined) found.push({ fn: other!, ways });
  }
  return found;
}

/** A patch moves what it does not change; the model, which it never does, has functions of one name for some calls. */
function keyOf({ origin, file, name, line }: { origin?: string; file: string; name: string; line?: number }) {
  const isOurs = origin === 'model' || origin === 'role' || origin === 'race';
  return [origin, file, isOurs ? line : '', name].join(' ');
}

/** The functions and globals of two programs, each with the one that has its place in the other. */
class Twins {
  private readonly others: Map<string, Fn>;
  /** By number in the first program: its twin's number in the second, -1 without one. */
  private readonly numbers: Int32Array;
  /** Where what lies in the first program lies in the second. */
  private readonly places = new Map<bigint, bigint>();

  constructor(
    private readonly was: Program,
    private readonly is: Program,
  ) {
    this.others = uniquely(is.functions);
    this.numbers = new Int32Array(was.functions.length).fill(-1);
    for (const [key, { id }] of uniquely(was.functions)) {
      const other = this.others.get(key);
      if (other === undefined) continue;
      this.numbers[id] = other.id;
      this.places.set(addressOf(id), addressOf(other.id));
    }
  }

  /** Finds where globals lie; false where one of both has another size, or begins with something else. */
  haveSameGlobals(): boolean {
    const [globals, others] = [uniquely(this.was.globals), uniquely(this.is.globals)];
    const pairs = [...globals].flatMap(([key, one]) =>
      others.has(key) ? [[one, others.get(key)!] as const] : [],
    );
    for (const [one, other] of pairs) this.places.set(BigInt(one.address), BigInt(other.address));
    return pairs.every(([one, other]) => this.isSame(one, other));
  }

  private isSame(one: Global, other: Global): boolean {
    if (one.size !== other.size || one.initial.length !== other.initial.length) return false;
    return one.initial.every(({ offset, type, value, base = 0n }, n) => {
      const twin = other.initial[n]!;
      if (offset !== twin.offset || type !== twin.type) return false;
      return this.isPlace(base, twin.base ?? 0n) && value - base === twin.value - (twin.base ?? 0n);
    });
  }

  private isPlace(address: bigint, other: bigint): boolean {
    return address === 0n ? other === 0n : this.places.get(address) === other;
  }

  of(fn: Fn): Fn | undefined {
    return this.others.get(keyOf(fn));
  }

  /** What is run of a function's twin, when that is the same. Without a run, all of both has to be. */
  waysThrough(fn: Fn, run: Run | undefined, other: Fn): Ways | undefined {
    if (fn.body === undefined || other.body === undefined || !isSameFrame(fn, other)) return undefined;
    if (isSameCode(fn, other)) return this.nameTheSame(fn, other) ? (run?.ways ?? []) : undefined;
    return run && new Walk(this, run, other).go();
  }

  /** Whether all that two functions with the same code name is the same. */
  private nameTheSame(fn: Fn, other: Fn): boolean {
    const constants = fn.body?.pool.length ?? 0;
    for (let n = 0; n < constants; n++) if (!this.isSameOperand(fn, ~n, other, ~n)) return false;
    const callees = (fn.numbers?.length ?? 0) - constants;
    for (let n = 0; n < callees; n++) if (!this.isSameCallee(fn, n, other, n)) return false;
    return true;
  }

  /** Of constants: whether both are the same value, or lie as far behind where the same thing lies. */
  isSameOperand(fn: Fn, operand: Operand, other: Fn, theirs: Operand): boolean {
    const [one, twin] = [fn.body?.pool[~operand], other.body?.pool[~theirs]];
    if (one === undefined || twin === undefined) return false;
    if (typeof one === 'bigint' || typeof twin === 'bigint') return one === twin;
    const [value, there] = [constantOf(this.was, fn, operand), constantOf(this.is, other, theirs)];
    if (value === undefined || there === undefined) return value === there;
    return one.offset === twin.offset && this.isPlace(value - one.offset, there - twin.offset);
  }

  isSameCallee(fn: Fn, callee: number, other: Fn, theirs: number): boolean {
    const [one, twin] = [fn, other].map(({ body }) => body?.pool.length ?? 0) as [number, number];
    return this.numbers[fn.numbers?.[one + callee] ?? -1] === other.numbers?.[twin + theirs];
  }
}

const addressOf = (id: number) => BigInt(addressSpace.functions + id * addressSpace.functionStride);

/** Undefined for a constant that only code names that nothing reaches. */
function constantOf({ constants }: Program, { numbers }: Fn, operand: Operand): bigint | undefined {
  const constant = numbers?.[~operand] ?? 0;
  return constant < 0 ? constants[~constant] : undefined;
}

/** By origin, file and name, where that says which. */
function uniquely<Thing extends { name: string; file: string; origin?: string }>(
  all: readonly Thing[],
): Map<string, Thing> {
  const found = new Map<string, Thing>();
  const twice = new Set<string>();
  for (const one of all) {
    const key = keyOf(one);
    if (found.has(key)) twice.add(key);
    found.set(key, one);
  }
  for (const key of twice) found.delete(key);
  return found;
}

function isSameFrame(fn: Fn, other: Fn): boolean {
  return (
    fn.parameters === other.parameters &&
    fn.frame === other.frame &&
    fn.step === other.step &&
    fn.objects?.join() === other.objects?.join()
  );
}

const known = new WeakMap<object, WeakMap<object, boolean>>();

/** Whether all instructions are the same; asked once of what all programs share. */
function isSameCode(fn: Fn, other: Fn): boolean {
  const [code, twin] = [instructionsOf(fn), instructionsOf(other)];
  if (code === twin) return true;
  const asked = known.get(code) ?? new WeakMap<object, boolean>();
  known.set(code, asked);
  const answer =
    asked.get(twin) ??
    (code.length === twin.length &&
      fn.registers === other.registers &&
      code.every((one, index) => isSameInstruction(one, twin[index]!)));
  asked.set(twin, answer);
  return answer;
}

/** The same in all but the line where it stands. */
function isSameInstruction(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [keys, theirs] = [Object.keys(one), Object.keys(other)];
  return (
    keys.length === theirs.length &&
    keys.every(
      (key) => key === 'line' || (key in other && isSameInstruction(one[key as never], other[key as never])),
    )
  );
}

/** Numbers of an instruction that are none of registers, constants, callees or places. */
const measures = new Set(['width', 'offset', 'size']);

/** What an instruction does, whatever its registers, constants and places are called. */
function shapeOf({ line: _, ...instruction }: Instruction): string {
  return JSON.stringify(instruction, (key, value) =>
    typeof value === 'number' && !measures.has(key) ? 0 : (value as unknown),
  );
}

/** Two functions side by side, along the ways that a search has taken through the first. */
class Walk {
  private readonly ways: Ways;
  private readonly seen = new Set<string>();
  /** By register of the first function: that of the second which holds the same, and the other way round. */
  private readonly registers = new Map<number, number>();
  private readonly back = new Map<number, number>();

  constructor(
    private readonly twins: Twins,
    private readonly run: Run,
    private readonly other: Fn,
  ) {
    this.ways = instructionsOf(other).map(() => undefined);
    for (let register = 0; register < run.fn.parameters; register++) this.isSameRegister(register, register);
  }

  /** What of the second is run as the first was; undefined where they part. */
  go(): Ways | undefined {
    const [code, twin] = [instructionsOf(this.run.fn), instructionsOf(this.other)];
    // Loops of other lengths would be led past each other place by place.
    const most = 2 * (code.length + twin.length);
    const ahead: [number, number][] = [[0, 0]];
    for (let pair = ahead.pop(); pair !== undefined; pair = ahead.pop()) {
      const at = landing(code, pair[0]);
      const there = landing(twin, pair[1], this.ways);
      if (at === undefined || there === undefined) return undefined;
      if (this.seen.has(`${at} ${there}`)) continue;
      if (this.seen.size > most) return undefined;
      this.seen.add(`${at} ${there}`);
      const [one, other] = [code[at]!, twin[there]!];
      if (!this.isSame(one, other)) return undefined;
      const taken = this.run.ways[at]!;
      this.ways[there] = [...new Set([...(this.ways[there] ?? []), ...taken])];
      const [next, others] = [successors(one, at), successors(other, there)];
      for (const n of taken) ahead.push([next[n]!, others[n]!]);
    }
    return this.ways;
  }

  private isSame(one: Instruction, other: Instruction): boolean {
    if (shapeOf(one) !== shapeOf(other)) return false;
    if (
      one.op === 'call' &&
      !this.twins.isSameCallee(this.run.fn, one.callee, this.other, (other as typeof one).callee)
    )
      return false;
    if ('d' in one && !this.isSameRegister(one.d, (other as typeof one).d)) return false;
    const theirs = operands(other);
    return operands(one).every((operand, n) => this.isSameOperand(operand, theirs[n]!));
  }

  private isSameOperand(operand: Operand, other: Operand): boolean {
    if (operand >= 0 || other >= 0) return this.isSameRegister(operand, other);
    return this.twins.isSameOperand(this.run.fn, operand, this.other, other);
  }

  private isSameRegister(register: number, other: number): boolean {
    if (register < 0 || other < 0) return register === other;
    if (!this.registers.has(register) && !this.back.has(other)) {
      this.registers.set(register, other);
      this.back.set(other, register);
    }
    return this.registers.get(register) === other && this.back.get(other) === register;
  }
}

/** The instruction that jumps lead to; undefined where they lead nowhere. Marks them as run. */
function landing(code: readonly Instruction[], from: number, ways?: Ways): number | undefined {
  let at = from;
  for (let jumps = 0; jumps <= code.length; jumps++) {
    const instruction = code[at];
    if (instruction?.op !== 'jump') return instruction && at;
    if (ways !== undefined) ways[at] = [0];
    at = instruction.to;
  }
  return undefined;
}
