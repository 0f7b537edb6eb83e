import type { Scalar } from '../vm/program.js';
import type { Member } from './ast.js';
import { Failure } from './failure.js';
import { intType, type RecordType, scalarOf, scalarSize, type Type, unknownType } from './type.js';
import type { UnitScope } from './unit-scope.js';

export interface Bits {
  /** Where in its storage unit, the scalar that is loaded and stored. */
  shift: number;
  width: number;
  unit: Scalar;
}

export interface MemberPlace {
  /** None: an anonymous struct or union. */
  name: string | undefined;
  /** In bytes; of a bit-field: of its storage unit. */
  offset: number;
  type: Type;
  bits: Bits | undefined;
  /** Nobody declared it: a use appended it. */
  automatic: boolean;
}

/** A record as it lies in memory (LP64, System V). */
export interface Layout {
  size: number;
  align: number;
  /** False: only the tag is known, and what uses appended. */
  complete: boolean;
  /** As declared, for initialisers. */
  members: MemberPlace[];
  /** Those of anonymous members included, at their place in the whole. */
  byName: Map<string, MemberPlace>;
}

/** Bytes of one object; what is larger is refused. */
export const maximumSize = 1 << 20;

/** The record that a tag means in this unit: its own definition, the prelude's, or the type itself. */
export function complete(record: RecordType, unit: UnitScope): RecordType {
  if (record.tag === undefined) return record;
  const here = unit.record(record.tag);
  if (here?.node && (record.node === undefined || record.scope.isFile)) return here;
  return record;
}

export function layoutOf(type: RecordType, unit: UnitScope): Layout {
  const record = complete(type, unit);
  if (!record.layout) {
    unit.session.enter(record);
    record.layout = new LayoutBuilder(record, unit).build();
    unit.session.leave(record);
  }
  return record.layout;
}

/** In bytes; void and functions count 1 as in gcc, an array without length 0. */
export function sizeOf(type: Type, unit: UnitScope): number {
  switch (type.kind) {
    case 'array': {
      const size = sizeOf(type.of, unit) * (type.length ?? 0);
      if (size > maximumSize) throw new Failure('an array that is too large');
      return size;
    }
    case 'record':
      return layoutOf(type, unit).size;
    case 'void':
    case 'function':
      return 1;
    case 'float':
      throw new Failure('floating point');
    default:
      return scalarSize(scalarOf(type));
  }
}

export function alignOf(type: Type, unit: UnitScope): number {
  if (type.kind === 'array') return alignOf(type.of, unit);
  if (type.kind === 'record') return layoutOf(type, unit).align;
  return Math.max(1, sizeOf(type, unit));
}

/** Whether a size can be trusted: no part of the type is merely named. */
export function isComplete(type: Type, unit: UnitScope): boolean {
  if (type.kind === 'array') return !type.guessed && isComplete(type.of, unit);
  return type.kind === 'record' ? layoutOf(type, unit).complete : type.kind !== 'unknown';
}

/** The member of that name. When nobody declares it, it is appended as an unknown scalar. */
export function memberOf(type: RecordType, name: string, unit: UnitScope): MemberPlace {
  const layout = layoutOf(type, unit);
  return layout.byName.get(name) ?? append(complete(type, unit), layout, name, unit);
}

function append(record: RecordType, layout: Layout, name: string, unit: UnitScope): MemberPlace {
  const offset = unit.session.extraMember(record, name, layout.size);
  const place: MemberPlace = {
    name,
    offset,
    type: unknownType(`${recordName(record)}.${name}`),
    bits: undefined,
    automatic: true,
  };
  layout.byName.set(name, place);
  if (unit.session.partial) return place;
  layout.size = Math.max(layout.size, offset + 8);
  layout.align = 8;
  return place;
}

/** What reading a member gives: a field narrower than int is promoted to int, whatever its declared type. */
export function readType({ type, bits }: { type: Type; bits?: Bits | undefined }): Type {
  return bits && bits.width < 32 && scalarOf(type) !== 'bool' ? intType : type;
}

export function recordName(record: RecordType): string {
  return `${record.union ? 'union' : 'struct'} ${record.tag ?? '{..}'}`;
}

class LayoutBuilder {
  private readonly members: MemberPlace[] = [];
  private readonly byName = new Map<string, MemberPlace>();
  /** Bits from the start of the record up to where the next member may begin. */
  private bit = 0;
  private size = 0;
  private align = 1;

  constructor(
    private readonly record: RecordType,
    private readonly unit: UnitScope,
  ) {}

  build(): Layout {
    const declared = this.record.node?.members ?? [];
    const last = declared.length - 1;
    const extras = this.unit.session.extrasOf(this.record);
    declared.forEach((member, index) => {
      // What uses append must not lie under a flexible array's elements.
      if (index === last && extras.length > 0 && member.type.kind === 'array') this.appendExtras(extras);
      this.add(member);
    });
    this.appendExtras(extras.filter((name) => !this.byName.has(name)));
    const complete = this.record.node?.members !== undefined;
    this.size = roundUp(this.size, this.align);
    if (this.size > maximumSize) throw new Failure('a struct that is too large');
    return { size: this.size, align: this.align, complete, members: this.members, byName: this.byName };
  }

  private appendExtras(names: string[]): void {
    for (const name of names) {
      this.align = 8;
      const offset = roundUp(this.size, 8);
      const type = unknownType(`${recordName(this.record)}.${name}`);
      this.byName.set(name, { name, offset, type, bits: undefined, automatic: true });
      this.size = offset + 8;
      this.bit = this.size * 8;
    }
  }

  private add(member: Member): void {
    const type = this.record.scope.resolve(member.type);
    if (member.bits !== undefined) {
      this.addBits(member, type);
      return;
    }
    const align = alignOf(type, this.record.scope.unit);
    const offset = this.record.union ? 0 : roundUp(Math.ceil(this.bit / 8), align);
    const size = sizeOf(type, this.record.scope.unit);
    // Two members of a type that nobody declares are two, though nobody says how large they are.
    this.extend(offset, size === 0 && type.kind === 'record' && this.unit.session.open ? 8 : size, align);
    const automatic = type.kind === 'array' && type.guessed === true;
    this.name({ name: member.name, offset, type, bits: undefined, automatic });
  }

  private extend(offset: number, size: number, align: number): void {
    this.align = Math.max(this.align, align);
    this.size = Math.max(this.size, offset + size);
    this.bit = this.record.union ? 0 : (offset + size) * 8;
  }

  private addBits(member: Member, type: Type): void {
    const width = Number(this.record.scope.constantInteger(member.bits!));
    const unitBits = scalarSize(scalarOf(type)) * 8;
    if (width < 0 || width > unitBits) throw new Failure('a bit-field wider than its type');
    if (this.record.union) this.bit = 0;
    const crosses = Math.floor(this.bit / unitBits) !== Math.floor((this.bit + width - 1) / unitBits);
    if (width === 0 || crosses) this.bit = roundUp(this.bit, unitBits);
    if (width === 0) return;
    const first = this.bit;
    this.bit += width;
    this.size = Math.max(this.size, Math.ceil(this.bit / 8));
    if (member.name === undefined) return;
    this.align = Math.max(this.align, unitBits / 8);
    this.name({ name: member.name, type, automatic: false, ...storageUnit(first, width) });
  }

  private name(place: MemberPlace): void {
    this.members.push(place);
    if (place.name !== undefined) {
      this.byName.set(place.name, place);
    } else if (place.type.kind === 'record') {
      const inner = layoutOf(place.type, this.record.scope.unit);
      for (const [name, member] of inner.byName) {
        this.byName.set(name, { ...member, offset: member.offset + place.offset });
      }
    }
  }
}

/** The smallest aligned scalar that holds all the bits: neighbours that are no bit-fields stay untouched. */
function storageUnit(first: number, width: number): { offset: number; bits: Bits } {
  for (const unit of ['u8', 'u16', 'u32', 'u64'] as const) {
    const size = scalarSize(unit) * 8;
    const start = Math.floor(first / size) * size;
    if (first + width <= start + size)
      return { offset: start / 8, bits: { shift: first - start, width, unit } };
  }
  throw new Failure('a bit-field across storage units');
}

export function roundUp(value: number, to: number): number {
  return Math.ceil(value / to) * to;
}
