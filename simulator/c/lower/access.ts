import type { Access, Operand } from '../../vm/program.js';
import { readType, sizeOf } from '../layout.js';
import { decayed, isSigned, scalarOf, scalarType, type Type } from '../type.js';
import type { Body } from './body.js';
import { convert } from './convert.js';
import type { Place, Value } from './place.js';

/** The value in a place. Arrays and functions become pointers, records stay where they are. */
export function load(body: Body, place: Place, access: Access = 'plain'): Value {
  const { type } = place;
  if (type.kind === 'array' || type.kind === 'function' || type.kind === 'record') {
    return { operand: addressOf(body, place), type: decayed(type) };
  }
  if (type.kind === 'void') return body.constant(0n, type);
  if (place.at === 'register') return { operand: place.register, type };
  if (place.bits) return loadBits(body, place);
  const mark = body.mark();
  const { address, offset } = base(body, place);
  body.release(mark);
  const operand = body.compute((d) => ({ op: 'load', type: scalarOf(type), access, d, address, offset }));
  return { operand, type };
}

/** Stores a value, converted to the type of the place; gives what was stored. */
export function store(body: Body, place: Place, given: Value, access: Access = 'plain'): Value {
  if (place.type.kind === 'record') return storeRecord(body, place, given);
  const value = convert(body, given, place.type);
  if (place.at === 'register') return storeRegister(body, place.register, value);
  if (place.bits) return storeBits(body, place, value);
  const { address, offset } = base(body, place);
  const type = scalarOf(place.type);
  body.emit({ op: 'store', type, access, address, offset, a: value.operand });
  return value;
}

function storeRecord(body: Body, place: Place, value: Value): Value {
  const to = addressOf(body, place);
  if (value.type.kind === 'record') {
    const size = sizeOf(place.type, body.unit);
    if (to !== value.operand && size > 0) body.emit({ op: 'copy', to, from: value.operand, size });
  } else {
    body.guess('a struct is assigned what is no struct');
  }
  return { operand: to, type: place.type };
}

/** The instruction that made a temporary may as well write the variable itself. */
function storeRegister(body: Body, register: number, value: Value): Value {
  const { last } = body;
  if (last && 'd' in last && last.d === value.operand && body.isTop(value.operand)) last.d = register;
  else if (value.operand !== register) body.emit({ op: 'move', d: register, a: value.operand });
  return { ...value, operand: register };
}

export function addressOf(body: Body, place: Place): Operand {
  if (place.at === 'register') {
    if (body.unit.session.open)
      return body.compute((d) => ({ op: 'unknown', name: '&', d, args: [], used: true }));
    // What nobody declares was guessed about already.
    if (place.type.kind !== 'unknown') body.guess('the address of a value in a register is taken');
    return body.word(0n);
  }
  if (place.at === 'frame') return body.compute((d) => ({ op: 'local', d, offset: place.offset }));
  return moved(body, place.address, place.offset);
}

/** `address + offset`, folded where the address is known. */
export function moved(body: Body, address: Operand, offset: number): Operand {
  if (offset === 0) return address;
  const known = address < 0 ? body.pool[~address] : undefined;
  if (typeof known === 'bigint') return body.word(known + BigInt(offset));
  if (known !== undefined) return body.address(known.base, known.offset + BigInt(offset));
  const b = body.word(BigInt(offset));
  const d = body.isTop(address) ? address : body.temporary();
  body.emit({ op: 'binary', f: 'add', width: 64, signed: false, d, a: address, b });
  return d;
}

function base(body: Body, place: Place): { address: Operand; offset: number } {
  if (place.at === 'memory') return { address: place.address, offset: place.offset };
  return { address: addressOf(body, place), offset: 0 };
}

/** The storage unit shifted so far that nothing but the field is left, sign-extended when it is signed. */
function loadBits(body: Body, place: Place): Value {
  const { unit, shift, width } = place.bits!;
  const whole = load(body, { ...place, type: scalarType(unit), bits: undefined });
  const wide = scalarType(unit === 'u64' ? 'u64' : 'u32');
  const bitsOfWide = unit === 'u64' ? 64 : 32;
  const signed = isSigned(scalarOf(place.type));
  const up = shiftBy(
    body,
    'shl',
    convert(body, whole, wide).operand,
    bitsOfWide - width - shift,
    bitsOfWide,
    signed,
  );
  const operand = shiftBy(body, 'shr', up, bitsOfWide - width, bitsOfWide, signed);
  return convert(body, { operand, type: wideOf(signed, bitsOfWide) }, readType(place));
}

function wideOf(signed: boolean, bits: number): Type {
  if (bits === 64) return scalarType(signed ? 'i64' : 'u64');
  return scalarType(signed ? 'i32' : 'u32');
}

function shiftBy(
  body: Body,
  f: 'shl' | 'shr',
  a: Operand,
  by: number,
  bits: number,
  signed: boolean,
): Operand {
  if (by === 0) return a;
  const width = bits === 64 ? 64 : 32;
  const b = body.word(BigInt(by));
  return body.compute((d) => ({ op: 'binary', f, width, signed, d, a, b }));
}

/** Reads the storage unit, puts the field in, writes it back: as the machine does, two accesses. */
function storeBits(body: Body, place: Place, given: Value): Value {
  const { unit, shift, width } = place.bits!;
  // Conversions below may overwrite a temporary that is still the assignment's value.
  const value = given.constant === undefined ? copied(body, given) : given;
  body.temporary();
  const bits = unit === 'u64' ? 64 : 32;
  const wide = wideOf(false, bits);
  const mask = (1n << BigInt(width)) - 1n;
  const whole: Place = { ...place, type: scalarType(unit), bits: undefined };
  const and = (a: Operand, known: bigint) => {
    const b = body.constant(BigInt.asUintN(bits, known), wide).operand;
    return body.compute((d) => ({ op: 'binary', f: 'and', width: bits, signed: false, d, a, b }));
  };
  const field = and(convert(body, value, wide).operand, mask);
  const placed = shiftBy(body, 'shl', field, shift, bits, false);
  const rest = and(load(body, whole).operand, ~(mask << BigInt(shift)));
  const a = body.compute((d) => ({
    op: 'binary',
    f: 'or',
    width: bits,
    signed: false,
    d,
    a: rest,
    b: placed,
  }));
  store(body, whole, { operand: a, type: wide });
  return truncated(body, value, place, bits);
}

/** What an assignment to a bit-field gives: the value as the field now holds it. */
function truncated(body: Body, value: Value, place: Place, bits: 32 | 64): Value {
  const by = bits - place.bits!.width;
  if (by === 0 || scalarOf(place.type) === 'bool') return value;
  const signed = isSigned(scalarOf(place.type));
  const wide = wideOf(signed, bits);
  const up = shiftBy(body, 'shl', convert(body, value, wide).operand, by, bits, signed);
  const operand = shiftBy(body, 'shr', up, by, bits, signed);
  return convert(body, { operand, type: wide }, readType(place));
}

/** Puts a value into a fresh temporary, so that nothing that follows can change it. */
export function copied(body: Body, value: Value): Value {
  const operand = body.compute((d) => ({ op: 'move', d, a: value.operand }));
  return { operand, type: value.type };
}
