import { addressSpace, type Fn, type Global, type Operand, type Program } from '../vm/program.js';
import { dataOf } from './data.js';
import { Failure } from './failure.js';
import { fieldsOf } from './fields.js';
import { roundUp, sizeOf } from './layout.js';
import { LinkedFunction } from './linked-function.js';
import type { Pooled } from './lower/body.js';
import type { Lowered } from './lower/finish.js';
import { written } from './own-words.js';
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
    const { functions, constants } = this;
    let fields: Program['fields'] | undefined;
    const named = () => this.fields();
    return {
      functions,
      globals,
      constants,
      /** Listed when somebody has to name a cell: only a few programs are ever told of. */
      get fields() {
        fields ??= named();
        return fields;
      },
    };
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
    const numbers = this.numberNames(lowered);
    this.functions.push(new LinkedFunction(this.functionId(symbol), lowered, numbers));
  }

  /** Numbers of what the code names: constants first, each at its place in the pool; behind them the callees. */
  private numberNames({ pool, callees, order, unknown }: Lowered): Int32Array {
    const numbers = new Int32Array(pool.length + callees.length);
    for (const name of order) {
      if (name < 0) numbers[~name] = this.constant(pool[~name]!);
      else numbers[pool.length + name] = this.functionId(callees[name]!);
    }
    for (const name of unknown) this.unknown.add(name);
    return numbers;
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
    const global: Global = {
      name: written(symbol.name),
      address,
      size,
      file: symbol.unit.source.file,
      initial: [],
    };
    this.placed.set(symbol, global);
    this.openGlobals.push(symbol);
    return global;
  }

  private fill(symbol: GlobalSymbol): void {
    const global = this.placed.get(symbol)!;
    for (const { offset, type, value, base } of dataOf(symbol).initial) {
      const address = base && this.addressOf(base);
      if (offset >= global.size) continue;
      if (address === undefined) global.initial.push({ offset, type, value });
      else global.initial.push({ offset, type, value: address + value, base: address });
    }
  }

  private fields(): Program['fields'] {
    const fields: Program['fields'] = new Map();
    let room = 4000;
    for (const symbol of this.placed.keys()) {
      if (symbol.bytes) continue;
      const list = fieldsOf(symbol, room);
      room -= list.length;
      fields.set(written(symbol.name), list);
    }
    return fields;
  }
}
