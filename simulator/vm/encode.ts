import type { Fn, Instruction, Program } from './program.js';
import { type Dead, templateOf } from './template.js';

/** The most words that one instruction without arguments takes. */
const widest = 7;

/**
 * A program as the machine runs it: one array of words. A function is encoded when it is first entered, since
 * most of what a program could reach it never does.
 */
export class Code {
  readonly words: Int32Array;
  /** At each instruction's first word: its function and its place in that function's `code`. */
  readonly functionAt: Int32Array;
  readonly instructionAt: Int32Array;
  /** At a word of a branch or a switch that says where to go: somebody went there. */
  readonly chosen: Uint8Array;
  /** By function: the registers that are dead before each of its instructions. */
  private readonly dead: (Dead | undefined)[] = [];
  /** First word of each function, -1 while it is not encoded. */
  private readonly entries: Int32Array;
  private used = 0;

  constructor(readonly program: Program) {
    let room = 0;
    for (const fn of program.functions) room += roomFor(fn);
    this.words = new Int32Array(room);
    this.functionAt = new Int32Array(room).fill(-1);
    this.instructionAt = new Int32Array(room).fill(-1);
    this.chosen = new Uint8Array(room);
    this.entries = new Int32Array(program.functions.length).fill(-1);
  }

  /** The first word of a function. */
  entryOf(fn: Fn): number {
    const known = this.entries[fn.id] as number;
    return known >= 0 ? known : this.encode(fn);
  }

  private encode(fn: Fn): number {
    const first = this.used;
    const template = templateOf(fn);
    this.words.set(template.words, first);
    this.relocate(fn, first);
    for (const [index, start] of template.starts.entries()) {
      this.functionAt[first + start] = fn.id;
      this.instructionAt[first + start] = index;
    }
    this.used += template.words.length;
    this.entries[fn.id] = first;
    this.dead[fn.id] = template.dead;
    return first;
  }

  private relocate(fn: Fn, first: number): void {
    const { words } = this;
    const { targets, constants, callees } = templateOf(fn);
    for (const at of targets) if (words[first + at] !== -1) words[first + at]! += first;
    const { numbers, body } = fn;
    if (numbers === undefined || body === undefined) return;
    const pool = body.pool.length;
    for (const at of constants) words[first + at] = numbers[~(words[first + at] as number)] as number;
    for (const at of callees) words[first + at] = numbers[pool + (words[first + at] as number)] as number;
  }

  /** Of the ways on that an instruction has: those that somebody went, by their places among its successors. */
  waysFrom(fn: Fn, index: number, instruction: Instruction): number[] {
    const first = (this.entries[fn.id] as number) + (templateOf(fn).starts[index] as number);
    if (instruction.op === 'branch') return [0, 1].filter((n) => this.chosen[first + 2 + n] === 1);
    if (instruction.op !== 'switch') return instruction.op === 'return' ? [] : [0];
    const words = [...instruction.cases.map((_, n) => first + 5 + 2 * n), first + 3];
    return [...words.keys()].filter((n) => this.chosen[words[n] as number] === 1);
  }

  /** The registers that are dead before the instruction at a word runs. */
  deadAt(word: number): Int32Array | undefined {
    return this.dead[this.functionAt[word] as number]?.[this.instructionAt[word] as number];
  }

  /** Those of the caller that nobody needs once the arguments of the call at a word are passed. */
  deadInCall(word: number): Int32Array | undefined {
    return this.dead[this.functionAt[word] as number]?.[(this.instructionAt[word] as number) + 1];
  }
}

const rooms = new WeakMap<object, number>();

/** At least as many words as a function takes; known without encoding it. */
function roomFor(fn: Fn): number {
  const key = fn.body ?? fn;
  const known = rooms.get(key);
  if (known !== undefined) return known;
  let room = 0;
  for (const instruction of key.code) room += roomOf(instruction);
  rooms.set(key, room);
  return room;
}

function roomOf(i: Instruction): number {
  return widest + ('args' in i ? i.args.length : i.op === 'switch' ? 2 * i.cases.length : 0);
}

let last: Code | undefined;

/** The code of a program: what replays a search shares it with the search. */
export function codeOf(program: Program): Code {
  if (last?.program !== program) last = new Code(program);
  return last;
}
