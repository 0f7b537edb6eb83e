import type { Fn, Instruction } from '../vm/program.js';
import type { TypeName } from './ast.js';
import { type Lowered, mapOperands } from './lower/finish.js';
import { pathInKernel, written } from './own-words.js';

/**
 * A function of a program. Its code is made when somebody asks for it: of what a program could reach, most is
 * never entered, and what was lowered is part of the programs of all races.
 */
export class LinkedFunction implements Fn {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly origin: Fn['origin'];
  readonly parameters: number;
  readonly registers: number;
  readonly frame: number;
  readonly objects: number[];
  readonly result: 'void' | 'pointer' | 'integer';
  readonly step: Fn['step'];
  readonly names: (string | undefined)[];
  private linked: Instruction[] | undefined;

  constructor(
    readonly id: number,
    readonly body: Lowered,
    /** Operands of the constants of its pool, then numbers of its callees. */
    readonly numbers: Int32Array,
  ) {
    const { definition, unit, name } = body.symbol;
    this.name = written(name);
    // A file of kernel/ is none of these headers.
    const path = unit.isPrelude ? pathInKernel(definition.file) : undefined;
    this.file = path ?? definition.file;
    this.line = definition.line;
    this.origin = path === undefined ? unit.origin : 'reviewed';
    this.parameters = body.parameters;
    this.registers = body.registers;
    this.frame = body.frame;
    this.objects = body.objects;
    this.result = resultOf(definition.type.result);
    this.step = definition.step;
    this.names = body.names.map((each) => each && written(each));
  }

  get code(): Instruction[] {
    this.linked ??= this.body.code.map((instruction) => this.link(instruction));
    return this.linked;
  }

  private link(unlinked: Instruction): Instruction {
    const instruction = { ...unlinked };
    mapOperands(instruction, (operand) => (operand < 0 ? (this.numbers[~operand] as number) : operand));
    if (instruction.op === 'call')
      instruction.callee = this.numbers[this.body.pool.length + instruction.callee] as number;
    return instruction;
  }
}

/** What a reader of a trace must know of a function's value. */
function resultOf(type: TypeName): 'void' | 'pointer' | 'integer' {
  if (type.kind === 'pointer') return 'pointer';
  return type.kind === 'builtin' && type.name === 'void' ? 'void' : 'integer';
}
