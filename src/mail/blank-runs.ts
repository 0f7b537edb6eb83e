const [tab, blank] = [9, 32];

/** Steps that a pattern for trailing white space may need on all runs of blanks together. */
const mostSteps = 200_000_000;

/**
 * Whether a text has such long runs of blanks that cutting them off takes a library minutes: it looks at each run once
 * from each of its blanks. No mail needs them.
 */
export function hasLongBlankRuns(bytes: Buffer): boolean {
  let steps = 0;
  let run = 0;
  for (const byte of bytes) {
    if (byte === blank || byte === tab) {
      // From the first blank of a run n steps, from the second n - 1, and so on.
      steps += run++;
      continue;
    }
    run = 0;
  }
  return steps > mostSteps;
}
