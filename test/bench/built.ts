import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * What is measured is what is shipped: the files of dist/, by node itself. Compiled on the way by a test
 * runner, the same code is slower.
 */
const dist = new URL('../../dist/', import.meta.url);

export const cli = fileURLToPath(new URL('src/cli.js', dist));

export const isBuilt = existsSync(cli);

/** Modules of the build, with the types of their sources. */
export const built = {
  simulator: () =>
    import(new URL('simulator/index.js', dist).href) as Promise<typeof import('../../simulator/index.js')>,
  compile: () =>
    import(new URL('simulator/c/compile.js', dist).href) as Promise<
      typeof import('../../simulator/c/compile.js')
    >,
  judge: () =>
    import(new URL('src/race/judge.js', dist).href) as Promise<typeof import('../../src/race/judge.js')>,
  link: () =>
    import(new URL('src/race/link.js', dist).href) as Promise<typeof import('../../src/race/link.js')>,
  catalogue: () =>
    import(new URL('src/race/read.js', dist).href) as Promise<typeof import('../../src/race/read.js')>,
  breakCode: () =>
    import(new URL('src/race/break-code.js', dist).href) as Promise<
      typeof import('../../src/race/break-code.js')
    >,
  baseline: () =>
    import(new URL('src/race/baseline.js', dist).href) as Promise<
      typeof import('../../src/race/baseline.js')
    >,
};
