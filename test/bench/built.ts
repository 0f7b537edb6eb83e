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
  /** The parts of the engine, for who drives it in another way than the search. */
  engine: async () => {
    const part = (name: string) => import(new URL(`simulator/${name}.js`, dist).href);
    const { begin, setUp } = (await part(
      'explore/execution',
    )) as typeof import('../../simulator/explore/execution.js');
    const { Visibility } = (await part(
      'explore/visibility',
    )) as typeof import('../../simulator/explore/visibility.js');
    const { run, Stop } = (await part('vm/run')) as typeof import('../../simulator/vm/run.js');
    return { begin, setUp, Visibility, run, Stop };
  },
  compile: () =>
    import(new URL('simulator/c/compile.js', dist).href) as Promise<
      typeof import('../../simulator/c/compile.js')
    >,
  mail: () =>
    import(new URL('src/mail/read.js', dist).href) as Promise<typeof import('../../src/mail/read.js')>,
  scan: () =>
    import(new URL('src/change/scan.js', dist).href) as Promise<typeof import('../../src/change/scan.js')>,
  review: () => import(new URL('src/review.js', dist).href) as Promise<typeof import('../../src/review.js')>,
  judge: () =>
    import(new URL('src/race/judge.js', dist).href) as Promise<typeof import('../../src/race/judge.js')>,
  link: () =>
    import(new URL('src/race/link.js', dist).href) as Promise<typeof import('../../src/race/link.js')>,
  parseRace: () =>
    import(new URL('src/race/parse-race.js', dist).href) as Promise<
      typeof import('../../src/race/parse-race.js')
    >,
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
