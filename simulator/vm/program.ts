/**
 * A program: C lowered to a small register machine. The front end writes it, the machine runs it, and a
 * function's instructions (without their lines) are what "the same function" means to a review.
 *
 * Values. A register holds one scalar as a 32-bit word. Types of at most 32 bits keep their bit pattern
 * (sign-wrapped to int32; a `u8` or `u16` is zero-extended). 64-bit values are signed-canonical: what fits
 * is the word itself, the rest is a number into the machine's table of wide values (vm/wide.ts). Width and
 * signedness therefore belong to the instruction, never to the value.
 *
 * Memory is bytes, little endian, LP64, with real C layout; addresses are positive 31-bit numbers.
 */

/** A scalar in memory. Pointers are `u64`. */
export type Scalar = 'i8' | 'u8' | 'i16' | 'u16' | 'i32' | 'u32' | 'i64' | 'u64' | 'bool';

/** A register of the frame (zero or more), or, when negative, the constant `~n` of `Program.constants`. */
export type Operand = number;

export type Width = 32 | 64;

export const binaryOperators = [
  'add',
  'sub',
  'mul',
  'div',
  'rem',
  'and',
  'or',
  'xor',
  'shl',
  'shr',
  'eq',
  'ne',
  'lt',
  'le',
] as const;

export type BinaryOperator = (typeof binaryOperators)[number];

/** How an access was written in C; kept for a later weak-memory mode. */
export type Access = 'plain' | 'once' | 'acquire' | 'release';

export type Instruction = { line: number } & (
  | { op: 'move'; d: number; a: Operand }
  | { op: 'binary'; f: BinaryOperator; width: Width; signed: boolean; d: number; a: Operand; b: Operand }
  | { op: 'unary'; f: 'neg' | 'not' | 'lnot'; width: Width; d: number; a: Operand }
  | { op: 'convert'; from: Scalar; to: Scalar; d: number; a: Operand }
  | { op: 'load'; type: Scalar; access: Access; d: number; address: Operand; offset: number }
  | { op: 'store'; type: Scalar; access: Access; address: Operand; offset: number; a: Operand }
  /** Copy or clear `size` bytes (structs by value). */
  | { op: 'copy'; to: Operand; from: Operand; size: number }
  | { op: 'clear'; address: Operand; size: number }
  /** The address of byte `offset` of this frame's memory (locals whose address is taken, structs, arrays). */
  | { op: 'local'; d: number; offset: number }
  | { op: 'jump'; to: number }
  | { op: 'branch'; a: Operand; then: number; else: number }
  | { op: 'switch'; a: Operand; cases: [value: Operand, to: number][]; otherwise: number }
  | { op: 'call'; d: number; callee: number; args: Operand[] }
  | { op: 'callIndirect'; d: number; address: Operand; args: Operand[]; text: string }
  | { op: 'return'; a: Operand | undefined }
  /** One of the model's few primitives (vm/intrinsic.ts). `text` holds its string literals in order. */
  | { op: 'intrinsic'; name: string; d: number; args: Operand[]; text: string[] }
  /** A call to a function nobody has. `used`: its value goes somewhere. */
  | { op: 'unknown'; name: string; d: number; args: Operand[]; used: boolean }
  /** The front end had to guess here (an unknown identifier, member or type). Running it ends a "holds". */
  | { op: 'guess'; reason: string }
);

/**
 * Where a function came from, in the order of linking: the file under review, the rest of its tree, a
 * race's BROKEN override, the built-in baseline, the kernel model, a role, a race's own functions.
 */
export type Origin = 'reviewed' | 'tree' | 'broken' | 'baseline' | 'model' | 'role' | 'race';

/** A constant of a function's text: a value, or so many bytes behind where a global or a function lies. */
export type Pooled = bigint | { offset: bigint };

export interface Fn {
  /** Its place in `Program.functions`. */
  id: number;
  name: string;
  /** The source file's path, as given. */
  file: string;
  line: number;
  origin: Origin;
  /** Parameters arrive in registers 0 .. parameters-1. A struct by value arrives as the address of a copy. */
  parameters: number;
  registers: number;
  /** Bytes of frame memory. */
  frame: number;
  /** Where each object of the frame begins, in order; for who asks which one an address lies in. */
  objects?: number[];
  /** What kind of value it returns, for traces: NULL and 0 are not the same to a reader. */
  result?: 'void' | 'pointer' | 'integer';
  /**
   * How the model marked it: `atomic` runs as one step (at most one scheduling point, before its first
   * access that others can see), `fused` adds none (the releases: they commute to the left).
   */
  step: 'plain' | 'atomic' | 'fused';
  code: Instruction[];
  /** C names of registers (locals) and their types, for traces. Temporaries have none. */
  names: (string | undefined)[];
  /** What it shares with itself in other programs: its code, but for the numbers of constants and callees. */
  body?: {
    code: readonly Instruction[];
    pool: readonly Pooled[];
    /** Lines that are jumps and nothing else, and that a branch or switch does itself: by its place and way. */
    passed: ReadonlyMap<number, readonly (readonly number[])[]>;
  };
  /** What stands in this program for the constants of the body's pool, and then for its callees. */
  numbers?: Int32Array;
}

export interface Global {
  name: string;
  address: number;
  size: number;
  file: string;
  /** Initial bytes that are not zero: constant scalars, and addresses in other globals or functions, at `base`. */
  initial: { offset: number; type: Scalar; value: bigint; base?: bigint }[];
}

/** A named part of a struct, for printing memory: `inode.i_size` instead of an address. */
export interface Field {
  path: string;
  offset: number;
  type: Scalar;
  pointer: boolean;
}

export interface Program {
  functions: Fn[];
  globals: Global[];
  constants: bigint[];
  /** Scalars of each global by name, so that a cell can be named; at most a few thousand. */
  fields: Map<string, Field[]>;
}

/**
 * The lowest address of each kind; everything below `globals` is the NULL page. No power of two is an address
 * of a heap or a stack: a flag is not taken for one.
 */
export const addressSpace = {
  globals: 0x1_0000,
  /** One heap a thread, as large as what lies between them allows (16). */
  heap: 0x41_0000,
  heapSize: 0x3_0000,
  stacks: 0x71_0000,
  /** One stack a thread, of which it uses no more than the kernel gives it. */
  stackSize: 0x1_0000,
  stackUsed: 0x4000,
  functions: 0x4000_0000,
  /** Bytes between functions. */
  functionStride: 16,
} as const;
