import type { Analysis } from './analysis.js';

// A path in a variable: these stages are loaded when they are asked for, and not before.
async function load<Name extends keyof Analysis>(path: string, name: string): Promise<Analysis[Name]> {
  const stage = (await import(path)) as Record<string, Analysis[Name]>;
  const found = stage[name];
  if (found === undefined) throw new Error(`${path} has no ${name}()`);
  return found;
}

/** The stages themselves. Each is imported by the command that needs it, so that `--help` stays quick. */
export const stages: Analysis = {
  review: async (input, options) => (await load<'review'>('../review.js', 'review'))(input, options),
  check: async (tree, options) => (await load<'check'>('../race/check.js', 'check'))(tree, options),
  selfTest: async (ids, options) => (await import('../race/self-test.js')).selfTest(ids, options),
  catalogue: async () => (await import('../race/read.js')).readCatalogue(),
  replayWitness: async (witness, options) =>
    (await load<'replayWitness'>('../race/replay-witness.js', 'replayWitness'))(witness, options),
  covers: async (target, options) => (await load<'covers'>('../code/covers.js', 'covers'))(target, options),
  messages: async (input) => (await import('./answered.js')).answeredMessages(input),
};
