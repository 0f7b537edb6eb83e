import type { Scalar } from '../vm/program.js';
import type { Declaration, Expression, TypeName } from './ast.js';
import { type Constant, constant } from './constant.js';
import { Failure } from './failure.js';
import { typeOf } from './infer.js';
import { meaningOf } from './link.js';
import type { Storage } from './lower/place.js';
import type { GlobalSymbol } from './symbol.js';
import {
  decayed,
  intType,
  pointerTo,
  type RecordType,
  scalarType,
  type Type,
  unknownType,
  wrap,
} from './type.js';
import type { UnitScope } from './unit-scope.js';
import { walk } from './walk.js';

/** What an ordinary identifier means in a scope. */
export type Named =
  | { kind: 'variable'; type: Type; storage: Storage | undefined }
  | GlobalSymbol
  | { kind: 'prototype'; typeName: TypeName; scope: Scope; type: Type | undefined }
  | { kind: 'typedef'; name: string; typeName: TypeName; scope: Scope; type: Type | undefined; open: boolean }
  | { kind: 'enumerator'; value: bigint | undefined; type: Type };

/** Elements of an array whose length nobody knows. */
const guessedLength = 16;

type EnumNode = Extract<TypeName, { kind: 'enum' }>;
type RecordNode = Extract<TypeName, { kind: 'record' }>;

/** A block, a file, or the prelude that is read before every file. */
export class Scope {
  readonly names = new Map<string, Named>();
  readonly tags = new Map<string, RecordType | Type>();

  constructor(
    readonly parent: Scope | undefined,
    unit?: UnitScope,
  ) {
    this.unit = unit ?? (this as unknown as UnitScope);
  }

  readonly unit: UnitScope;

  get isFile(): boolean {
    return this.unit === (this as unknown);
  }

  find(name: string): Named | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const named = scope.names.get(name);
      if (named) return named;
    }
    return undefined;
  }

  findTag(tag: string): Type | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const type = scope.tags.get(tag);
      if (type) return type;
    }
    return undefined;
  }

  resolve(name: TypeName): Type {
    this.unit.session.spend();
    switch (name.kind) {
      case 'builtin':
        return builtinType(name.name);
      case 'typedef':
        return this.typedef(name.name);
      case 'record':
        return this.recordType(name);
      case 'enum':
        return this.enumType(name);
      case 'typeof':
        return isTypeName(name.of) ? this.resolve(name.of) : typeOf(name.of, this);
      case 'pointer':
        return pointerTo(this.resolve(name.to));
      case 'array':
        return this.arrayType(name);
      case 'function':
        return this.functionType(name);
    }
  }

  /** The value of an integer constant expression; anything else is a failure. */
  constantInteger(e: Expression): bigint {
    const result = constant(e, this);
    if (!result || result.base) throw new Failure('a constant was expected', e.line);
    return result.value;
  }

  private arrayType({ of, length }: Extract<TypeName, { kind: 'array' }>): Type {
    const element = this.resolve(of);
    const result = length && constant(length, this);
    if (length && !result && this.namesUnknown(length)) {
      return { kind: 'array', of: element, length: guessedLength, guessed: true };
    }
    return { kind: 'array', of: element, length: length && this.length(length, result) };
  }

  /** Whether something in an expression is not declared anywhere. */
  private namesUnknown(e: Expression): boolean {
    let unknown = false;
    walk(e, (node) => {
      if (node.kind === 'name' && !meaningOf(node.name as string, this)) unknown = true;
      return !unknown;
    });
    return unknown;
  }

  private length(length: Expression, result: Constant | undefined): number {
    if (!result || result.base) throw new Failure('an array of variable length', length.line);
    if (result.value < 0n || result.value > 1n << 24n)
      throw new Failure('an array that is too large', length.line);
    return Number(result.value);
  }

  private typedef(name: string): Type {
    const named = this.find(name);
    if (named?.kind !== 'typedef' || named.open) return unknownType(name);
    if (!named.type) {
      named.open = true;
      try {
        named.type = named.scope.resolve(named.typeName);
      } finally {
        named.open = false;
      }
    }
    return named.type;
  }

  private functionType(name: Extract<TypeName, { kind: 'function' }>): Type {
    const parameters = name.parameters.map((parameter) => decayed(this.resolve(parameter.type)));
    const none = parameters.length === 1 && parameters[0]!.kind === 'void';
    const result = this.resolve(name.result);
    return { kind: 'function', result, parameters: none ? [] : parameters, variadic: name.variadic };
  }

  /** Declares the tag where a body is given; otherwise whatever the tag means here. */
  private recordType(node: RecordNode): Type {
    if (node.members === undefined) {
      const known = node.tag === undefined ? undefined : this.findTag(node.tag);
      return known ?? this.newRecord(node, undefined);
    }
    const known = this.unit.session.records.get(node);
    if (known && node.tag !== undefined) this.tags.set(node.tag, known);
    return known ?? this.newRecord(node, node);
  }

  private newRecord(node: RecordNode, definition: RecordNode | undefined): RecordType {
    const { union, tag } = node;
    const type: RecordType = { kind: 'record', union, tag, node: definition, scope: this, layout: undefined };
    if (definition) this.unit.session.records.set(node, type);
    if (tag !== undefined) (definition ? this : this.unit).tags.set(tag, type);
    return type;
  }

  private enumType(node: EnumNode): Type {
    if (!node.items)
      return (node.tag === undefined ? undefined : this.findTag(node.tag)) ?? scalarType('u32');
    return this.declareEnum(node);
  }

  private declareEnum(node: EnumNode): Type {
    const values: bigint[] = [];
    let next = 0n;
    for (const item of node.items ?? []) {
      const given = item.value ? constant(item.value, this) : undefined;
      const value = item.value ? (given?.base ? undefined : given?.value) : next;
      this.names.set(item.name, { kind: 'enumerator', value, type: enumeratorType(value) });
      if (value !== undefined) values.push(value);
      next = (value ?? next) + 1n;
    }
    const type = scalarType(enumScalar(values));
    if (node.tag !== undefined) this.tags.set(node.tag, type);
    return type;
  }

  /** Makes known the tags and enumerators that a type written here defines. */
  declareTypes(type: TypeName): void {
    switch (type.kind) {
      case 'record':
        if (!type.members) return;
        this.recordType(type);
        for (const member of type.members) this.declareTypes(member.type);
        return;
      case 'enum':
        if (type.items) this.declareEnum(type);
        return;
      case 'pointer':
        this.declareTypes(type.to);
        return;
      case 'array':
        this.declareTypes(type.of);
        return;
      case 'function':
        this.declareTypes(type.result);
        return;
      default:
    }
  }

  /** Everything of a declaration but variables, which the caller places. */
  declare(declaration: Declaration): void {
    if (declaration.kind === 'assert') return;
    this.declareTypes(declaration.type);
    const { kind } = declaration;
    if (kind === 'typedef') {
      const { name, type } = declaration;
      this.names.set(name, { kind, name, typeName: type, scope: this, type: undefined, open: false });
    } else if (kind === 'prototype') {
      const typeName = declaration.type;
      this.names.set(declaration.name, { kind, typeName, scope: this, type: undefined });
    }
  }
}

const typeNameKinds = new Set([
  'builtin',
  'typedef',
  'record',
  'enum',
  'typeof',
  'pointer',
  'array',
  'function',
]);

/** Tells the two things apart that `sizeof` and `typeof` take. */
export function isTypeName(node: Expression | TypeName): node is TypeName {
  return typeNameKinds.has(node.kind);
}

function builtinType(name: Extract<TypeName, { kind: 'builtin' }>['name']): Type {
  if (name === 'void') return { kind: 'void' };
  if (name === 'float') return { kind: 'float' };
  return scalarType(name);
}

function enumeratorType(value: bigint | undefined): Type {
  return value === undefined || wrap(value, 'i32') === value ? intType : scalarType('i64');
}

/** As gcc: unsigned when nothing is negative. */
function enumScalar(values: bigint[]): Scalar {
  const fits = (scalar: Scalar) => values.every((value) => wrap(value, scalar) === value);
  return (['u32', 'i32', 'u64'] as const).find(fits) ?? 'i64';
}
