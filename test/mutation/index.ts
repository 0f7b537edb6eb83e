/**
 * Makes mutants of the fs/dax.c of a kernel tree and says which of them the catalogue finds:
 * `npm run mutation -- TREE [--only NAME] [--race ID] [--all] [--json]`. Ends with 1 when an outcome is not
 * the expected one. Without --all a mutant is done with once one race shows it, and the simplest of all
 * interleavings is not looked for.
 */
import { parseArgs } from 'node:util';
import { openTrees } from '../../src/change/open-all.js';
import { readCode } from '../../src/race/check.js';
import { readCatalogue } from '../../src/race/read.js';
import { askedMutants } from './asked-mutants.js';
import { chosenMutants } from './chosen-mutants.js';
import { expectationOf } from './expectations.js';
import { type Compared, countText, isExpected, outcomeOf, runText } from './print.js';
import { runMutant } from './run-mutant.js';
import { Unmutated } from './unmutated.js';

const path = 'fs/dax.c';
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true },
    json: { type: 'boolean' },
    all: { type: 'boolean' },
    race: { type: 'string', multiple: true },
  },
});
const mutants = [...askedMutants, ...chosenMutants].filter(
  ({ name }) => values.only === undefined || values.only.includes(name),
);

async function main(where: string): Promise<number> {
  const trees = await openTrees([where]);
  if (!Array.isArray(trees)) return fail(trees.problem);
  const code = await readCode(trees[0]!);
  await trees[0]?.close();
  const text = code.files.get(path);
  if (text === undefined) return fail(`${where} has no ${path}`);
  if (mutants.length === 0) return fail(`there is no mutant ${values.only?.join(', ')}`);
  const unmutated = new Unmutated(code);
  const races = readCatalogue().filter(({ id }) => values.race === undefined || values.race.includes(id));
  const all: Compared[] = [];
  for (const mutant of mutants) {
    const run = runMutant(mutant, path, unmutated, races, values.all === true);
    const compared = { run, expected: expectationOf(mutant.name, text) };
    all.push(compared);
    if (!values.json) process.stdout.write(`${runText(compared)}\n`);
  }
  const answer = all.map((one) => ({ ...one.run, outcome: outcomeOf(one), why: one.expected?.why ?? null }));
  process.stdout.write(values.json ? `${JSON.stringify(answer, null, 2)}\n` : `${countText(all)}\n`);
  return all.every(isExpected) ? 0 : 1;
}

function fail(reason: string): number {
  process.stderr.write(`${reason}\n`);
  return 3;
}

process.exitCode = await main(positionals[0] ?? '.');
