import type { Outcome } from './judge.js';

/** Says something and does nothing, or makes a list empty that nobody looks at. */
const harmless =
  /^_?(INIT_|trace_|pr_|printk|dev_(err|warn|info|dbg)|lockdep_|might_|kasan_|kmsan_|count_|__count_|mod_|perf_|prefetch)/;

/**
 * Functions nobody has that only the code after a patch was seen to call. The model takes a call whose value nobody
 * uses for nothing: that is so before and after, unless the patch moves what it did into such a function.
 */
export function newCalls(before: Outcome, after: Outcome): string[] {
  const known = new Set(before.unknown);
  const isTold = (name: string) => after.why.includes(`${name}() is not modelled and its result is used`);
  return after.unknown.filter((name) => !known.has(name) && !harmless.test(name) && !isTold(name));
}

/** What came of the code after a patch, with what is not known because of such calls. */
export function withNewCalls(before: Outcome, after: Outcome): Outcome {
  const why = newCalls(before, after).map(
    (name) => `${name}() is not modelled, and only the code after the patch calls it`,
  );
  if (why.length === 0) return after;
  const verdict = after.verdict === 'holds' ? 'not-analysed' : after.verdict;
  return { ...after, verdict, why: [...after.why, ...why] };
}
