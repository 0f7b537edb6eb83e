import type { Origin } from '../vm/program.js';
import type { Declaration, Expression, FunctionDefinition, Initialiser, TypeName } from './ast.js';
import type { Data } from './data.js';
import { initialisedLength } from './initialise.js';
import { written } from './own-words.js';
import type { Scope } from './scope.js';
import { type FunctionType, scalarType, type Type } from './type.js';
import type { UnitScope } from './unit-scope.js';

/** A function with a body. */
export interface FunctionSymbol {
  kind: 'function';
  name: string;
  unit: UnitScope;
  definition: FunctionDefinition;
  type: FunctionType | undefined;
}

/** A variable that lives as long as the program; string literals are such, too. */
export interface GlobalSymbol {
  kind: 'global';
  name: string;
  unit: UnitScope;
  /** Where its type and initialiser are to be read. */
  scope: Scope;
  typeName: TypeName | undefined;
  initialiser: Initialiser | undefined;
  storage: 'plain' | 'static' | 'extern';
  line: number;
  /** Of a string literal: its bytes with the NUL. */
  bytes: Uint8Array | undefined;
  type: Type | undefined;
  data: Data | undefined;
}

/** What a constant address may start from. */
export type Linkable = FunctionSymbol | GlobalSymbol;

/** Where functions of an origin stand in the order of linking; less goes first. */
export const originRank: Record<Origin, number> = {
  reviewed: 0,
  tree: 1,
  broken: 2,
  baseline: 3,
  model: 4,
  role: 5,
  race: 6,
};

export function functionType(symbol: FunctionSymbol): FunctionType {
  symbol.type ??= symbol.unit.resolve(symbol.definition.type) as FunctionType;
  return symbol.type;
}

/** 2: has a value, 1: a definition, 0: only declared. */
export function weight(symbol: GlobalSymbol): number {
  if (symbol.initialiser) return 2;
  return symbol.storage === 'extern' ? 0 : 1;
}

export function newGlobal(
  name: string,
  declaration: Extract<Declaration, { kind: 'variable' }>,
  scope: Scope,
): GlobalSymbol {
  return {
    kind: 'global',
    name,
    unit: scope.unit,
    scope,
    typeName: declaration.type,
    initialiser: declaration.initialiser,
    storage: declaration.storage === 'auto' ? 'plain' : declaration.storage,
    line: declaration.line,
    bytes: undefined,
    type: undefined,
    data: undefined,
  };
}

/** An array without a length gets that of its initialiser. */
export function globalType(symbol: GlobalSymbol): Type {
  if (!symbol.type) {
    const { bytes, typeName } = symbol;
    const type: Type = bytes
      ? { kind: 'array', of: scalarType('i8'), length: bytes.length }
      : symbol.scope.resolve(typeName!);
    symbol.type = sized(type, symbol.initialiser, symbol.scope);
  }
  return symbol.type;
}

/** Completes `T x[] = ..`. */
export function sized(type: Type, initialiser: Initialiser | undefined, scope: Scope): Type {
  if (type.kind !== 'array' || type.length !== undefined || !initialiser) return type;
  return { ...type, length: initialisedLength(type, initialiser, scope) };
}

/** The one global that holds the bytes of a string literal. */
export function stringSymbol(text: string, unit: UnitScope): GlobalSymbol {
  const known = unit.session.strings.get(text);
  if (known) return known;
  const symbol: GlobalSymbol = {
    kind: 'global',
    name: `"${text.slice(0, 40)}"`,
    unit,
    scope: unit,
    typeName: undefined,
    initialiser: undefined,
    storage: 'static',
    line: 0,
    bytes: bytesOf(text),
    type: undefined,
    data: undefined,
  };
  unit.session.strings.set(text, symbol);
  return symbol;
}

function bytesOf(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 256) bytes.push(code);
    else bytes.push(...new TextEncoder().encode(character));
  }
  return Uint8Array.from([...bytes, 0]);
}

/** An expression as it could be written, for messages. */
export function spelled(e: Expression): string {
  switch (e.kind) {
    case 'name':
      return written(e.name);
    case 'member':
      return `${spelled(e.a)}${e.arrow ? '->' : '.'}${e.name}`;
    case 'index':
      return `${spelled(e.a)}[..]`;
    case 'unary':
      return `${e.operator}${spelled(e.a)}`;
    case 'call':
      return `${spelled(e.callee)}()`;
    case 'cast':
      return spelled(e.a);
    case 'number':
      return String(e.value);
    default:
      return '(..)';
  }
}
