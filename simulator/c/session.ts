import type { Expression } from './ast.js';
import { Failure } from './failure.js';
import { roundUp } from './layout.js';
import type { FunctionSymbol, GlobalSymbol } from './symbol.js';
import type { RecordType, Type } from './type.js';

/** Names of members that uses appended to records, by tag (or definition, of a record without a tag). */
export type Extras = Map<unknown, string[]>;

/** What one pass of lowering shares between its units. */
export class Session {
  readonly functions: Map<string, FunctionSymbol[]>;
  readonly globals: Map<string, GlobalSymbol[]>;
  /** The type of each record definition, by its node. */
  readonly records = new Map<object, RecordType>();
  /** Types of expressions already inferred: without it, nested `typeof` would take exponential time. */
  readonly types = new WeakMap<Expression, Type>();
  /** One for a text in a program, whoever writes it. */
  readonly strings: Map<string, GlobalSymbol>;
  /** Every name of a function or global that its own units define. */
  readonly named = new Set<string>();
  /** Every name of a function or global that was looked up among all units. */
  readonly asked = new Set<string>();
  /** A member was appended to a record whose size may have been used: lower again, starting from `extras`. */
  grew = false;
  private readonly laidOut = new Set<RecordType>();
  private work = 0;

  /**
   * `partial`: one file and the headers are lowered to be looked at, not to be run. Then appended members lie
   * at offsets made of their name alone, so that code compares. `base`: a session whose units those of this
   * one know; they themselves know nothing of what is added here.
   */
  constructor(
    readonly extras: Extras,
    readonly partial = false,
    base?: Session,
    /** What nobody declares is a value that nobody knows, and is not guessed to be 0. */
    readonly open = false,
  ) {
    this.functions = new Map(base?.functions);
    this.globals = new Map(base?.globals);
    this.strings = base?.strings ?? new Map();
  }

  /** Guards a layout that needs itself. */
  enter(record: RecordType): void {
    if (this.laidOut.has(record)) throw new Failure(`struct ${record.tag} contains itself`);
    this.laidOut.add(record);
  }

  leave(record: RecordType): void {
    this.laidOut.delete(record);
  }

  /** After a failure nothing is being laid out any more. */
  reset(): void {
    this.laidOut.clear();
    this.work = 0;
  }

  /** Counts work for one function; hostile C must not keep the front end busy. */
  spend(): void {
    if (++this.work > 4_000_000) throw new Failure('more than 4000000 steps to lower');
  }

  extrasOf(record: RecordType): string[] {
    return this.partial ? [] : (this.extras.get(record.tag ?? record.node) ?? []);
  }

  /** The offset of a member that nobody declares, in a record of `size` bytes so far. */
  extraMember(record: RecordType, name: string, size: number): number {
    if (this.open) return 0x1000 + nameNumber(name, 0xf_fffd) * 8;
    if (this.partial) return 0x1000 + nameNumber(name, 8191) * 8;
    const key = record.tag ?? record.node;
    const names = this.extras.get(key) ?? [];
    if (names.length >= 500) throw new Failure('more than 500 unknown members in a struct');
    if (!names.includes(name)) {
      this.extras.set(key, [...names, name]);
      this.grew = true;
    }
    return roundUp(size, 8);
  }
}

function nameNumber(name: string, of: number): number {
  let number = 7;
  for (let at = 0; at < name.length; at++) number = (number * 31 + name.charCodeAt(at)) % of;
  return number;
}
