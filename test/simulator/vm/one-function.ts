import { Machine } from '../../../simulator/vm/machine.js';
import type { Instruction, Program, Scalar } from '../../../simulator/vm/program.js';
import { run, Stop } from '../../../simulator/vm/run.js';

export const sizeOf: Record<Scalar, number> = {
  i8: 1,
  u8: 1,
  i16: 2,
  u16: 2,
  i32: 4,
  u32: 4,
  i64: 8,
  u64: 8,
  bool: 1,
};

export const scalars = Object.keys(sizeOf) as Scalar[];

/** C's value of a scalar type: what remains of any integer when it is stored in one. */
export function wrapped(type: Scalar, value: bigint): bigint {
  if (type === 'bool') return value === 0n ? 0n : 1n;
  const bits = sizeOf[type] * 8;
  return type.startsWith('u') ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value);
}

type Unplaced = Instruction extends infer I ? (I extends unknown ? Omit<I, 'line'> : never) : never;

/** A program of one function, `code`, and one global of 64 bytes; it is run by thread 0 to its end. */
export class OneFunction {
  readonly machine: Machine;
  readonly memory = 0x1_0000;

  constructor(code: Unplaced[], constants: bigint[] = [], registers = 8) {
    const program: Program = {
      functions: [
        {
          id: 0,
          name: 'code',
          file: 'code.c',
          line: 1,
          origin: 'race',
          parameters: 0,
          registers,
          frame: 0,
          step: 'plain',
          code: [...code, { op: 'return', a: undefined }].map((i) => ({ ...i, line: 1 }) as Instruction),
          names: [],
        },
      ],
      globals: [{ name: 'memory', address: this.memory, size: 64, file: 'code.c', initial: [] }],
      constants,
      fields: new Map(),
    };
    this.machine = new Machine(program);
  }

  run(): void {
    this.machine.spawn(0, this.machine.program.functions[0]!);
    if (run(this.machine, 0) !== Stop.Done) throw new Error('the function did not end');
  }

  bytes(): DataView {
    const words = this.machine.memory.words.subarray(this.memory >> 2, (this.memory >> 2) + 16);
    return new DataView(words.slice().buffer);
  }

  poke(offset: number, type: Scalar, value: bigint): void {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigInt64(0, value, true);
    for (let n = 0; n < sizeOf[type]; n++) {
      this.machine.memory.store(this.memory + offset + n, 1, view.getUint8(n));
    }
  }

  peek(offset: number, type: Scalar): bigint {
    return readAs(this.bytes(), offset, type);
  }
}

/** What a scalar of these bytes is. */
export function readAs(view: DataView, offset: number, type: Scalar): bigint {
  let value = 0n;
  for (let n = sizeOf[type] - 1; n >= 0; n--) value = (value << 8n) | BigInt(view.getUint8(offset + n));
  return type === 'bool' ? value : wrapped(type, value);
}
