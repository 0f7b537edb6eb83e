import type { Message } from '../mail/message.js';
import { readSubject } from './read-subject.js';

/** The number of the first patch that comes before this one in its posting and is not among `patches`. */
export function missingPredecessor(message: Message, patches: readonly Message[]): number | undefined {
  const { number = 1 } = readSubject(message.subject);
  const there = new Set(patches.map(({ subject }) => readSubject(subject).number));
  for (let earlier = 1; earlier < Math.min(number, 1000); earlier++) if (!there.has(earlier)) return earlier;
  return undefined;
}
