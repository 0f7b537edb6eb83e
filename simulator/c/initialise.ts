import type { Designator, Expression, Initialiser } from './ast.js';
import { Failure } from './failure.js';
import { typeOf } from './infer.js';
import { layoutOf, type MemberPlace, maximumSize, memberOf, recordName, sizeOf } from './layout.js';
import type { Scope } from './scope.js';
import type { Type } from './type.js';

type Item = Extract<Initialiser, { kind: 'list' }>['items'][number];

/** Where one value of an initialiser goes, in bytes from the start of the whole object. */
export interface Target {
  type: Type;
  offset: number;
  bits: MemberPlace['bits'];
}

/** Takes each value of an initialiser; what is not given is zero. */
export interface Sink {
  give(target: Target, value: Expression): void;
  /** Something of the initialiser has no known place. */
  guess(reason: string): void;
}

/** Walks an initialiser as C does: braces that are left out, designators, ranges, anonymous members. */
export function initialise(target: Target, initialiser: Initialiser, scope: Scope, sink: Sink): void {
  new Walk(scope, sink).value(target, initialiser);
}

/** The number of elements that an initialiser gives an array of unknown length. */
export function initialisedLength(type: Type, initialiser: Initialiser, scope: Scope): number {
  if (type.kind !== 'array') return 0;
  const text = stringOf(initialiser);
  if (text !== undefined && isCharacter(type.of)) {
    const string = typeOf(text, scope);
    return string.kind === 'array' ? (string.length ?? 0) : 0;
  }
  const size = Math.max(1, sizeOf(type.of, scope.unit));
  const most = Math.floor(maximumSize / size);
  const walk = new Walk(scope, { give: () => {}, guess: () => {} });
  walk.value({ type: { ...type, length: most }, offset: 0, bits: undefined }, initialiser);
  return Math.ceil(walk.end / size);
}

function stringOf(initialiser: Initialiser): Extract<Expression, { kind: 'string' }> | undefined {
  if (initialiser.kind === 'value')
    return initialiser.value.kind === 'string' ? initialiser.value : undefined;
  const only = initialiser.items.length === 1 ? initialiser.items[0]! : undefined;
  return only && only.at.length === 0 ? stringOf(only.value) : undefined;
}

function isCharacter(type: Type): boolean {
  return type.kind === 'scalar' && (type.scalar === 'i8' || type.scalar === 'u8');
}

class Walk {
  /** One past the last byte given a value. */
  end = 0;
  private depth = 0;

  constructor(
    private readonly scope: Scope,
    private readonly sink: Sink,
  ) {}

  value(target: Target, initialiser: Initialiser): void {
    if (++this.depth > 100) throw new Failure('an initialiser nested too deep');
    const text =
      target.type.kind === 'array' && isCharacter(target.type.of) ? stringOf(initialiser) : undefined;
    if (text) this.give(target, text);
    else if (initialiser.kind === 'value') this.give(target, initialiser.value);
    else if (isAggregate(target.type)) this.list(target, initialiser.items, 0, true);
    else this.scalarList(target, initialiser.items);
    this.depth--;
  }

  private give(target: Target, value: Expression): void {
    this.scope.unit.session.spend();
    this.end = Math.max(this.end, target.offset + sizeOf(target.type, this.scope.unit));
    this.sink.give(target, value);
  }

  private scalarList(target: Target, items: Item[]): void {
    const first = items[0];
    if (items.length > 1 || (first && first.at.length > 0)) {
      this.sink.guess('an initialiser with braces for a type that is not known');
    }
    if (first) this.value(target, first.value);
    else this.end = Math.max(this.end, target.offset + sizeOf(target.type, this.scope.unit));
  }

  /** Fills the parts of `target` from `items[at]` on; returns the first item it did not take. */
  private list(target: Target, items: Item[], first: number, braced: boolean): number {
    const parts = this.partsOf(target);
    let at = first;
    let position = 0;
    while (at < items.length) {
      const item = items[at]!;
      if (item.at.length > 0) {
        if (!braced) return at;
        position = this.designated(target, parts, item) + 1;
        at++;
        continue;
      }
      if (position >= parts.count) {
        if (!braced) return at;
        if (parts.open) this.sink.guess('an initialiser of a struct whose members are not known');
        at++;
        continue;
      }
      at = this.part(parts.get(position), items, at);
      position++;
    }
    return at;
  }

  private part(part: Target, items: Item[], at: number): number {
    const { value } = items[at]!;
    if (!isAggregate(part.type) || value.kind === 'list' || this.isWhole(part, value.value)) {
      this.value(part, value);
      return at + 1;
    }
    if (++this.depth > 100) throw new Failure('an initialiser nested too deep');
    const next = this.list(part, items, at, false);
    this.depth--;
    if (next === at) this.value(part, value);
    return Math.max(next, at + 1);
  }

  /** Whether a value without braces initialises the whole part. */
  private isWhole(part: Target, value: Expression): boolean {
    if (part.type.kind === 'array') return value.kind === 'string' && isCharacter(part.type.of);
    return typeOf(value, this.scope).kind === 'record';
  }

  /** Gives a designated part its value (each part of a range); returns the position of the last. */
  private designated(target: Target, parts: Parts, item: Item): number {
    const [head, ...rest] = item.at as [Designator, ...Designator[]];
    const [from, to] = this.positions(target, head);
    if (to - from > 100_000) throw new Failure('a designated range that is too large');
    for (let position = from; position <= to; position++) {
      const part = 'member' in head ? this.member(target, head.member) : parts.get(position);
      if (rest.length === 0) this.value(part, item.value);
      else this.designated(part, this.partsOf(part), { at: rest, value: item.value });
    }
    return to;
  }

  private positions(target: Target, head: Designator): [number, number] {
    if ('member' in head) {
      if (target.type.kind !== 'record') throw new Failure(`designator .${head.member} in what is no struct`);
      const members = layoutOf(target.type, this.scope.unit).members;
      const at = members.findIndex((member) => this.contains(member, head.member));
      return at < 0 ? [members.length, members.length] : [at, at];
    }
    const from = Number(this.scope.constantInteger(head.index));
    const to = head.to ? Number(this.scope.constantInteger(head.to)) : from;
    if (from < 0 || to < from) throw new Failure('a designator outside its array');
    return [from, to];
  }

  private contains(member: MemberPlace, name: string): boolean {
    if (member.name !== undefined) return member.name === name;
    return member.type.kind === 'record' && layoutOf(member.type, this.scope.unit).byName.has(name);
  }

  private member(target: Target, name: string): Target {
    if (target.type.kind !== 'record') throw new Failure(`designator .${name} in what is no struct`);
    const place = memberOf(target.type, name, this.scope.unit);
    if (place.automatic) this.sink.guess(`member ${name} of ${recordName(target.type)} is not modelled`);
    return { type: place.type, offset: target.offset + place.offset, bits: place.bits };
  }

  private partsOf(target: Target): Parts {
    const { type, offset } = target;
    if (type.kind === 'array') {
      const size = sizeOf(type.of, this.scope.unit);
      const get = (position: number): Target => {
        const at = offset + position * size;
        if (at > maximumSize) throw new Failure('an initialiser that is too large');
        return { type: type.of, offset: at, bits: undefined };
      };
      return { count: type.length ?? 0, open: false, get };
    }
    if (type.kind !== 'record') throw new Failure('a designator in what is neither array nor struct');
    const { members, complete } = layoutOf(type, this.scope.unit);
    const get = (position: number): Target => {
      const member = members[position]!;
      return { type: member.type, offset: offset + member.offset, bits: member.bits };
    };
    return { count: type.union ? Math.min(1, members.length) : members.length, open: !complete, get };
  }
}

interface Parts {
  count: number;
  /** Only the tag of the struct is known. */
  open: boolean;
  get(position: number): Target;
}

function isAggregate(type: Type): boolean {
  return type.kind === 'array' || type.kind === 'record';
}
