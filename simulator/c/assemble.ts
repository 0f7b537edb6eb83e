import {
  addressSpace,
  type Fn,
  type Global,
  type Instruction,
  type Operand,
  type Program,
} from '../vm/program.js';
import type { TypeName } from './ast.js';
import { dataOf } from './data.js';
import { Failure } from './failure.js';
import { fieldsOf } from './fields.js';
import { roundUp, sizeOf } from './layout.js';
import type { Pooled } from './lower/body.js';
import { type Lowered, mapOperands } from './lower/finish.js';
import { type FunctionSymbol, type GlobalSymbol, globalType, type Linkable } from './symbol.js';

/** Functions and globals that roots reach, numbered and placed in the order in which they are met. */
export class Assembly {
  readonly lowered: Lowered[] = [];
  readonly unknown = new Set<string>();
  private readonly functionIds = new Map<FunctionSymbol, number>();
  private readonly queue: FunctionSymbol[] = [];
  private readonly placed = new Map<GlobalSymbol, Global>();
  private readonly openGlobals: GlobalSymbol[] = [];
  private readonly constants: bigint[] = [];
  private readonly constantIndex = new Map<bigint, number>();
  private readonly functions: Fn[] = [];
  private nextAddress: number = addressSpace.globals;

  constructor(private readonly lowering: (symbol: FunctionSymbol) => Lowered) {}

  /** Lowers everything that the functions reach. */
  link(roots: readonly FunctionSymbol[]): Program {
    for (const root of roots) this.functionId(root);
    while (this.queue.length > 0 || this.openGlobals.length > 0) {
      const symbol = this.queue.shift();
      if (symbol) this.lower(symbol);
      else this.fill(this.openGlobals.shift()!);
    }
    const globals = [...this.placed.values()];
    return { functions: this.functions, globals, constants: this.constants, fields: this.fields() };
  }

  private functionId(symbol: FunctionSymbol): number {
    let id = this.functionIds.get(symbol);
    if (id === undefined) {
      id = this.functionIds.size;
      this.functionIds.set(symbol, id);
      this.queue.push(symbol);
    }
    return id;
  }

  private lower(symbol: FunctionSymbol): void {
    const lowered = this.lowering(symbol);
    this.lowered.push(lowered);
    const { definition, unit } = symbol;
    const code = lowered.code.map((instruction) => this.linked(instruction, lowered));
    this.functions.push({
      id: this.functionId(symbol),
      name: symbol.name,
      file: definition.file,
      line: definition.line,
      origin: unit.origin,
      parameters: lowered.parameters,
      registers: lowered.registers,
      frame: lowered.frame,
      objects: lowered.objects,
      result: resultOf(definition.type.result),
      step: definition.step,
      code,
      names: lowered.names,
    });
  }

  /** A copy: what was lowered may become part of other programs, too. */
  private linked(unlinked: Instruction, { pool, callees }: Lowered): Instruction {
    const instruction = { ...unlinked };
    mapOperands(instruction, (operand) => (operand < 0 ? this.constant(pool[~operand]!) : operand));
    if (instruction.op === 'call') instruction.callee = this.functionId(callees[instruction.callee]!);
    if (instruction.op === 'unknown') this.unknown.add(instruction.name);
    return instruction;
  }

  private constant(entry: Pooled): Operand {
    const value = typeof entry === 'bigint' ? entry : this.addressOf(entry.base) + entry.offset;
    let index = this.constantIndex.get(value);
    if (index === undefined) {
      index = this.constants.push(value) - 1;
      this.constantIndex.set(value, index);
    }
    return ~index;
  }

  private addressOf(symbol: Linkable): bigint {
    if (symbol.kind === 'global') return BigInt(this.global(symbol).address);
    return BigInt(addressSpace.functions + this.functionId(symbol) * addressSpace.functionStride);
  }

  /** Each global starts a line of 64 bytes: no two share what a machine transfers as one. */
  private global(symbol: GlobalSymbol): Global {
    const known = this.placed.get(symbol);
    if (known) return known;
    const size = Math.max(1, sizeOf(globalType(symbol), symbol.unit));
    const address = this.nextAddress;
    this.nextAddress = roundUp(address + size, 64);
    if (this.nextAddress > addressSpace.heap) throw new Failure('more than 4 MiB of global variables');
    const global: Global = { name: symbol.name, address, size, file: symbol.unit.source.file, initial: [] };
    this.placed.set(symbol, global);
    this.openGlobals.push(symbol);
    return global;
  }

  private fill(symbol: GlobalSymbol): void {
    const global = this.placed.get(symbol)!;
    for (const { offset, type, value, base } of dataOf(symbol).initial) {
      const whole = base ? this.addressOf(base) + value : value;
      if (offset < global.size) global.initial.push({ offset, type, value: whole });
    }
  }

  private fields(): Program['fields'] {
    const fields: Program['fields'] = new Map();
    let room = 4000;
    for (const symbol of this.placed.keys()) {
      if (symbol.bytes) continue;
      const list = fieldsOf(symbol, room);
      room -= list.length;
      fields.set(symbol.name, list);
    }
    return fields;
  }
}

/** What a reader of a trace must know of a function's value. */
function resultOf(type: TypeName): 'void' | 'pointer' | 'integer' {
  if (type.kind === 'pointer') return 'pointer';
  return type.kind === 'builtin' && type.name === 'void' ? 'void' : 'integer';
}
