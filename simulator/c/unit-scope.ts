import type { Origin } from '../vm/program.js';
import type { Declaration, Expression, FunctionDefinition, Unit } from './ast.js';
import { asFailure } from './failure.js';
import { Scope } from './scope.js';
import type { Session } from './session.js';
import { type FunctionSymbol, type GlobalSymbol, newGlobal, weight } from './symbol.js';
import type { RecordType } from './type.js';

/** One source file, with the prelude as its parent. */
export class UnitScope extends Scope {
  readonly functions = new Map<string, FunctionSymbol[]>();
  readonly globals: GlobalSymbol[] = [];
  private readonly literals = new Map<Expression, GlobalSymbol>();

  constructor(
    readonly session: Session,
    readonly source: Unit,
    readonly origin: Origin,
    parent: UnitScope | undefined,
    /** The headers that are read before every unit. */
    readonly isPrelude = false,
  ) {
    super(parent);
    for (const declaration of source.declarations) this.declareAtFile(declaration);
    for (const definition of source.functions) this.define(definition);
  }

  record(tag: string): RecordType | undefined {
    const type = this.findTag(tag);
    return type?.kind === 'record' ? type : undefined;
  }

  /** A record that stands for what an unknown type may be. */
  syntheticRecord(tag: string): RecordType {
    const known = this.tags.get(tag);
    if (known?.kind === 'record') return known;
    const type: RecordType = {
      kind: 'record',
      union: false,
      tag,
      node: undefined,
      scope: this,
      layout: undefined,
    };
    this.tags.set(tag, type);
    return type;
  }

  /** The global behind a compound literal outside of functions. */
  literal(e: Extract<Expression, { kind: 'compound' }>): GlobalSymbol {
    const known = this.literals.get(e);
    if (known) return known;
    const { file, line, type, initialiser } = e;
    const name = `(literal at line ${line})`;
    const shape = {
      kind: 'variable',
      name,
      type,
      storage: 'static',
      initialiser,
      cleanup: undefined,
    } as const;
    const symbol = newGlobal(name, { ...shape, file, line }, this);
    this.literals.set(e, symbol);
    return symbol;
  }

  private declareAtFile(declaration: Declaration): void {
    try {
      this.declare(declaration);
    } catch (thrown) {
      asFailure(thrown);
      this.session.reset();
    }
    if (declaration.kind === 'variable') this.declareGlobal(declaration);
  }

  private declareGlobal(declaration: Extract<Declaration, { kind: 'variable' }>): void {
    const symbol = newGlobal(declaration.name, declaration, this);
    const known = this.names.get(symbol.name);
    this.globals.push(symbol);
    // Of several declarations the one with a value, or at least the one that is a definition, counts.
    if (known?.kind === 'global' && weight(known) >= weight(symbol)) return;
    this.names.set(symbol.name, symbol);
  }

  private define(definition: FunctionDefinition): void {
    const { name } = definition;
    const symbol: FunctionSymbol = { kind: 'function', name, unit: this, definition, type: undefined };
    this.functions.set(name, [...(this.functions.get(name) ?? []), symbol]);
    try {
      this.declareTypes(definition.type);
    } catch (thrown) {
      asFailure(thrown);
    }
  }
}
