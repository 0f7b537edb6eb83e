import { atMost } from '../at-most.js';

/** What cannot be closed within this is left to the end of the process. */
export const closeMs = 5000;

/** What is opened first and closed last, in the order in which it was opened. */
export class Opened {
  private readonly closing: (() => void | Promise<void>)[] = [];

  add<Part>(part: Part, close: (part: Part) => void | Promise<void>): Part {
    this.closing.push(() => close(part));
    return part;
  }

  async close(onTrouble: (line: string) => void): Promise<void> {
    for (const close of this.closing.reverse())
      await atMost(
        closeMs,
        Promise.resolve()
          .then(close)
          .catch((error: Error) => onTrouble(error.message)),
      );
  }
}
