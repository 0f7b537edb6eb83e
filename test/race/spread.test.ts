import { describe, expect, it } from 'vitest';
import { readBaseline } from '../../src/race/baseline.js';
import { readCatalogue } from '../../src/race/read.js';
import { searchOptions } from '../../src/race/search-options.js';
import { spread } from '../../src/race/spread.js';

const options = searchOptions({ full: false, config: new Map() });
const input = { code: readBaseline('xarray'), options };
/** Others begin after the first race, however little is left. */
const threads = { jobs: 3, aloneMs: -1 };
/** The same code, of which nothing is known yet. */
const anew = () => ({ code: { ...input.code }, options });
const races = readCatalogue().filter(({ threads }) => threads.length >= 2);

describe('races spread over threads', () => {
  it('have the outputs, in the order, that they have on one thread', async () => {
    const alone = await spread('check', input, races, {});
    expect(alone.map(({ race }) => race)).toEqual(races.map(({ id }) => id));
    expect(await spread('check', anew(), races, threads)).toEqual(alone);
  });

  it('are told one by one while they are begun', async () => {
    const told: string[] = [];
    await spread('check', input, races.slice(0, 3), { onProgress: ({ what }) => told.push(what) });
    expect(told.sort()).toEqual(races.slice(0, 3).map(({ id }) => id));
  });

  it('are done here when the threads beside this one die', async () => {
    // What a class computes does not travel to another thread, which then has no files and dies of it.
    class Here {
      readonly baseline = true;
      get files() {
        return input.code.files;
      }
    }
    const alone = await spread('check', input, races, {});
    expect(await spread('check', { code: new Here(), options }, races, threads)).toEqual(alone);
  });
});
