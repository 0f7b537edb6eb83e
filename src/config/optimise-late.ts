import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 run a function four times as often before it compiles it anew. The searches run the same code on very
 * many kinds of C: what was compiled early is soon compiled again. Measured on Node 20 alone (docs/benchmarks.md),
 * where a review takes a sixth less time and a fifth less of the processor; other versions stay as they are.
 */
export function optimiseLate(): void {
  if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=300000');
}
