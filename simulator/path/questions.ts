import { isTerm, type Term } from './term.js';

interface Question {
  bare: number;
  place: string;
  /** The bits that are asked for; all when it is no question about bits. */
  mask: number;
}

/**
 * What the branches of a function ask about, and where. Only what is asked about in two places can make two
 * paths that have come together go on differently; the answers to everything else are forgotten.
 */
export class Questions {
  /** Bare names of what is asked about again. */
  readonly again = new Set<number>();
  private readonly asked = new Map<string, Question[]>();

  /** True when this makes something that was to be forgotten worth remembering. */
  ask(subject: Term, place: string): boolean {
    const { shape } = subject;
    const bits = shape.kind === 'binary' && shape.f === 'and' && isTerm(shape.a) && !isTerm(shape.b);
    const key = bits ? `bits of ${(shape.a as Term).bare}` : `${subject.bare}`;
    const question = { bare: subject.bare, place, mask: bits ? (shape.b as number) : -1 };
    const before = this.asked.get(key) ?? [];
    if (before.some((one) => one.bare === question.bare && one.place === place)) return false;
    this.asked.set(key, [...before, question]);
    const meets = before.filter((one) => one.place !== place && (one.mask & question.mask) !== 0);
    const { size } = this.again;
    for (const one of meets.length > 0 ? [...meets, question] : []) this.again.add(one.bare);
    return this.again.size > size;
  }
}
