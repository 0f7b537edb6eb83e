/** Says something and does nothing, or makes a list empty that nobody looks at: where the kernel has it. */
const harmless =
  /^_?(INIT_|trace_|pr_|printk|dev_(err|warn|info|dbg)|lockdep_|might_|kasan_|kmsan_|count_|__count_|mod_|perf_|prefetch)/;

export function isHarmless(name: string): boolean {
  return harmless.test(name);
}

/** What a verdict rests on where functions were called that nobody has, and whose values nobody used. */
export function takenForNothing(unknown: readonly string[], why: readonly string[]): string[] {
  const isTold = (name: string) => why.some((reason) => reason.includes(`${name}() is not modelled`));
  return unknown
    .filter((name) => !isHarmless(name) && !isTold(name))
    .map((name) => `${name}() is not modelled, and taken for nothing`);
}
