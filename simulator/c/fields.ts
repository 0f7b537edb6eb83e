import type { Field } from '../vm/program.js';
import { layoutOf, sizeOf } from './layout.js';
import { type GlobalSymbol, globalType } from './symbol.js';
import { scalarOf, type Type } from './type.js';
import type { UnitScope } from './unit-scope.js';

const elements = 64;

/** The scalars of a global by name, at most `room` of them: so that a cell can be named in a trace. */
export function fieldsOf(symbol: GlobalSymbol, room: number): Field[] {
  const list: Field[] = [];
  add(list, room, symbol.name, 0, globalType(symbol), symbol.unit);
  return list;
}

function add(list: Field[], room: number, path: string, offset: number, type: Type, unit: UnitScope): void {
  if (list.length >= room) return;
  if (type.kind === 'array') {
    const size = sizeOf(type.of, unit);
    for (let at = 0; at < Math.min(type.length ?? 0, elements); at++) {
      add(list, room, `${path}[${at}]`, offset + at * size, type.of, unit);
    }
  } else if (type.kind === 'record') {
    for (const [name, member] of layoutOf(type, unit).byName) {
      if (member.bits) list.push(bitField(`${path}.${name}`, offset + member.offset, member.bits.unit));
      else add(list, room, `${path}.${name}`, offset + member.offset, member.type, unit);
    }
  } else if (type.kind !== 'void' && type.kind !== 'function' && type.kind !== 'float') {
    list.push({ path, offset, type: scalarOf(type), pointer: type.kind === 'pointer' });
  }
}

/** Bit-fields that share a storage unit are printed as that unit. */
function bitField(path: string, offset: number, type: Field['type']): Field {
  return { path, offset, type, pointer: false };
}
