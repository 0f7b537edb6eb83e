import type { Scalar } from '../vm/program.js';
import type { TypeName } from './ast.js';
import type { Layout } from './layout.js';
import type { Scope } from './scope.js';

/** A resolved type. Records are nominal: what a tag means is asked of the unit that uses it (layout.ts). */
export type Type =
  | { kind: 'void' }
  | { kind: 'scalar'; scalar: Scalar }
  | { kind: 'float' }
  | { kind: 'pointer'; to: Type }
  /** `guessed`: its length is made of what nobody declares. */
  | { kind: 'array'; of: Type; length: number | undefined; guessed?: boolean }
  | RecordType
  | FunctionType
  /** A typedef, member or identifier that nobody declares: eight bytes of which nothing else is known. */
  | { kind: 'unknown'; name: string };

export interface RecordType {
  kind: 'record';
  union: boolean;
  tag: string | undefined;
  /** Its definition; none when only the tag is known. */
  node: Extract<TypeName, { kind: 'record' }> | undefined;
  /** Where the names in its members are looked up. */
  scope: Scope;
  layout: Layout | undefined;
}

export interface FunctionType {
  kind: 'function';
  result: Type;
  parameters: Type[];
  variadic: boolean;
}

export type IntegerScalar = 'i32' | 'u32' | 'i64' | 'u64';

const scalarTypes = new Map<Scalar, Type>();

/** The one type object of a scalar. */
export function scalarType(scalar: Scalar): Type {
  let type = scalarTypes.get(scalar);
  if (!type) {
    type = { kind: 'scalar', scalar };
    scalarTypes.set(scalar, type);
  }
  return type;
}

export const voidType: Type = { kind: 'void' };
export const intType = scalarType('i32');
export const sizeType = scalarType('u64');

export function pointerTo(to: Type): Type {
  return { kind: 'pointer', to };
}

export function unknownType(name: string): Type {
  return { kind: 'unknown', name };
}

/** What an expression of this type is as a value: arrays and functions become pointers. */
export function decayed(type: Type): Type {
  if (type.kind === 'array') return pointerTo(type.of);
  if (type.kind === 'function') return pointerTo(type);
  return type;
}

/** The scalar a value of this type is held as; records are held by address. */
export function scalarOf(type: Type): Scalar {
  if (type.kind === 'scalar') return type.scalar;
  return type.kind === 'void' ? 'i32' : 'u64';
}

export function isInteger(type: Type): boolean {
  return type.kind === 'scalar' || type.kind === 'unknown';
}

export function isPointer(type: Type): type is Extract<Type, { kind: 'pointer' }> {
  return type.kind === 'pointer';
}

/** Whether a variable of this type can live in a register. */
export function isScalar(type: Type): boolean {
  return type.kind === 'scalar' || type.kind === 'pointer' || type.kind === 'unknown';
}

const scalarSizes: Record<Scalar, number> = {
  bool: 1,
  i8: 1,
  u8: 1,
  i16: 2,
  u16: 2,
  i32: 4,
  u32: 4,
  i64: 8,
  u64: 8,
};

/** In bytes. */
export function scalarSize(scalar: Scalar): number {
  return scalarSizes[scalar];
}

export function isSigned(scalar: Scalar): boolean {
  return scalar.startsWith('i');
}

/** The integer promotions. Pointers count as u64, an unknown type as a signed 64-bit number. */
export function promoted(type: Type): IntegerScalar {
  if (type.kind === 'unknown') return 'i64';
  const scalar = scalarOf(type);
  return scalarSize(scalar) < 4 ? 'i32' : (scalar as IntegerScalar);
}

/** The usual arithmetic conversions. */
export function commonScalar(a: Type, b: Type): IntegerScalar {
  const left = promoted(a);
  const right = promoted(b);
  if (left === right) return left;
  const either = (scalar: IntegerScalar) => left === scalar || right === scalar;
  if (either('u64')) return 'u64';
  return either('i64') ? 'i64' : 'u32';
}

/** The mathematical value of a bit pattern in a scalar type. */
export function wrap(value: bigint, scalar: Scalar): bigint {
  if (scalar === 'bool') return value === 0n ? 0n : 1n;
  const bits = scalarSize(scalar) * 8;
  return isSigned(scalar) ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}

/** The word a register holds for a value (vm/program.ts, "Values"). */
export function canonical(value: bigint, scalar: Scalar): bigint {
  const wrapped = wrap(value, scalar);
  return BigInt.asIntN(scalarSize(scalar) === 8 ? 64 : 32, wrapped);
}
