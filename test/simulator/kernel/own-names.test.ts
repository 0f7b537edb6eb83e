import { describe, expect, it } from 'vitest';
import { ownNames, ownWords } from '../../../simulator/c/own-words.js';
import { readModel } from '../../../src/code/model.js';
import { type World, worldOf } from '../../../src/code/modelled.js';
import { readBaseline } from '../../../src/race/baseline.js';
import { readCatalogue } from '../../../src/race/read.js';

const words = (text: string) => new Set(text.match(/\b[A-Za-z_]\w*\b/g) ?? []);

/** Of the kernel too, where it is somebody else's: who calls it there means the kernel's. */
const alsoOfTheKernel = [
  'evict_inode',
  'invalidate_range',
  'memory_failure',
  'memory_fault',
  'page_fault',
  'pmd_fault',
];

describe.each<World>(['kernel', 'array'])('the names that the world %s keeps to itself', (world) => {
  const { headers, files, roles } = readModel(world);
  // The names of the kernel's world are kept to themselves in the other, too.
  const shared = [...readModel().files, ...readModel().roles];
  const texts = [...headers.values(), ...[...shared, ...files, ...roles].map(({ text }) => text)];
  const own = ownNames(headers);

  it('are all defined by the model', () => {
    const said = texts.map((text) => words(text.replace(/^#pragma own .*$/gm, '')));
    const unused = [...own].filter((name) => !ownWords.has(name) && !said.some((each) => each.has(name)));
    expect(unused).toEqual([]);
  });

  it('are nothing that code under review says, in comments neither', () => {
    const races = readCatalogue().filter(({ files: run }) => worldOf(run) === world);
    const eras = new Set(races.map(({ era }) => era));
    const said = [...eras].flatMap((era) => [...readBaseline(era).files.values()].map(words));
    const names = [...own].filter((name) => !ownWords.has(name));
    expect(names.filter((name) => said.some((each) => each.has(name)))).toEqual([]);
  });

  it('have in them all that roles offer to races', () => {
    const missing = roles.flatMap(({ functions }) => functions.filter((name) => !own.has(name)));
    expect(missing.filter((name) => !alsoOfTheKernel.includes(name)).sort()).toEqual([]);
  });
});
