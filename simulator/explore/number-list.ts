import { grown } from '../vm/vector-table.js';

/** Numbers of states, of which there may be millions: outside of what the collector looks through. */
export class NumberList {
  length = 0;
  private numbers = new Int32Array(64);

  push(number: number): void {
    if (this.length >= this.numbers.length) this.numbers = grown(this.numbers);
    this.numbers[this.length++] = number;
  }

  at(place: number): number {
    return this.numbers[place] as number;
  }

  *[Symbol.iterator](): Iterator<number> {
    for (let place = 0; place < this.length; place++) yield this.at(place);
  }
}
