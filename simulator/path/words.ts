import { grown, type VectorTable } from '../vm/vector-table.js';
import { isPrivate } from './cells.js';
import { isTerm, type Term, type Value } from './term.js';

/** A condition of a path as words: equal words, equal conditions. Symbols are numbered in the order they are met. */
export class Words {
  private readonly names = new Map<string, number>();
  private list = new Int32Array(1 << 10);
  private used = 0;
  /** How many symbols were met. */
  symbols = 0;
  /** Counts what was written: what a term's notes say holds for one of these rounds. */
  round = 0;

  begin(): void {
    this.round++;
    [this.used, this.symbols] = [0, 0];
  }

  /** The number of these words in a table. */
  intern(table: VectorTable): number {
    return table.intern(this.list, 0, this.used);
  }

  /** Writes something, and takes it back for its number in a table. */
  apart(table: VectorTable, write: () => void): number {
    const from = this.used;
    write();
    const number = table.intern(this.list, from, this.used - from);
    this.used = from;
    return number;
  }

  isMet({ notes }: Term): boolean {
    return notes.round === this.round;
  }

  /** A value of which all that is known has taken its place. */
  value(value: Value): void {
    if (!isTerm(value)) {
      this.put(0);
      this.number(value);
      return;
    }
    const { shape } = value;
    switch (shape.kind) {
      case 'symbol':
        this.symbol(value);
        break;
      case 'offset':
        this.put(3);
        this.number(shape.by);
        this.value(shape.base);
        break;
      case 'binary':
        this.put(4);
        this.name(shape.f);
        this.put(shape.signed ? -shape.width : shape.width);
        this.value(shape.a);
        this.value(shape.b);
        break;
      case 'unary':
        this.put(shape.f === 'neg' ? 5 : 6);
        this.put(shape.width);
        this.value(shape.a);
        break;
      case 'convert':
        this.put(7);
        this.name(shape.to);
        this.value(shape.a);
        break;
    }
  }

  symbol(term: Term): void {
    const { notes } = term;
    if (notes.round === this.round) {
      this.put(1);
      this.put(notes.number);
      return;
    }
    notes.round = this.round;
    notes.number = this.symbols++;
    this.put(2);
    this.put(isPrivate(term) ? -1 : term.bare);
  }

  name(text: string): void {
    let number = this.names.get(text);
    if (number === undefined) {
      number = this.names.size;
      this.names.set(text, number);
    }
    this.put(number);
  }

  /** Any number that the machine holds in one (vm/program.ts): two words. */
  number(value: number): void {
    this.put(value | 0);
    this.put(Math.floor(value / 0x1_0000_0000));
  }

  put(word: number): void {
    if (this.used === this.list.length) this.list = grown(this.list);
    this.list[this.used++] = word;
  }
}
