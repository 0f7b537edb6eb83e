import type { Problem } from '../finding/problem.js';
import type { SourceFailure } from '../source/source-failure.js';

/** A failure as the user is told it: configuration, input, or a service that cannot be reached. */
export function problemOf(failure: SourceFailure): Problem {
  const exits = { refused: 2, damaged: 3, lost: 4 } as const;
  return { problem: failure.message, exit: exits[failure.kind] };
}
