/** Counts of a few small numbers: quickly copied, and quickly found as long as they are few. */
export class Counts {
  /** Number, count, number, count .. */
  private constructor(private readonly list: number[]) {}

  static none(): Counts {
    return new Counts([]);
  }

  copy(): Counts {
    return new Counts(this.list.slice());
  }

  of(number: number): number {
    const { list } = this;
    for (let at = 0; at < list.length; at += 2) if (list[at] === number) return list[at + 1]!;
    return 0;
  }

  /** Counts one more, and says how many there are now. */
  up(number: number): number {
    const { list } = this;
    for (let at = 0; at < list.length; at += 2) if (list[at] === number) return ++list[at + 1]!;
    list.push(number, 1);
    return 1;
  }
}
