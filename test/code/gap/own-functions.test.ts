import { expect, it } from 'vitest';
import { ownFunctions } from '../../../src/code/gap/own-functions.js';
import { patchOf } from '../../change/plain-message.js';

const path = 'mm/rmap.c';
const text = `static bool clean_one(int n)
{
	return n > 0;
}
int pfn_mkclean_range(int n)
{
	return clean_one(n);
}
int folio_idle(int n)
{
	return n;
}
`;
const code = {
  files: new Map([['fs/dax.c', 'int f(int n)\n{\n\treturn pfn_mkclean_range(n) + folio_idle(n);\n}\n']]),
  baseline: false,
};

/** What is said of a patch to one line, with or without a tree. */
function gaps(from: string, to: string, { of = path, hasTree = true } = {}) {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.includes(from));
  const line = lines[at]!.replace(from, to);
  const diff = `--- a/${of}\n+++ b/${of}\n@@ -${at + 1} +${at + 1} @@ ${lines[at - 2] ?? ''}\n-${lines[at]}\n+${line}\n`;
  const texts = (all: string) => (hasTree ? new Map([[of, all]]) : new Map<string, string>());
  const change = { before: texts(text), after: texts(lines.with(at, line).join('\n')) };
  return ownFunctions({ ...change, files: patchOf(diff).files }, code);
}

it.each([
  ['what the function calls in its file', 'n > 0', 'n > 1'],
  ['the function', 'clean_one(n);', '!clean_one(n);'],
])('says that the model has its own where a patch changes %s', (_, from, to) => {
  const why = 'the model has its own pfn_mkclean_range()';
  expect(gaps(from, to)).toEqual([{ what: path, why, modelled: true }]);
});

it('has nothing to say of other functions, of names, and of files that scenarios run', () => {
  expect(gaps('\treturn n;', '\treturn n + 1;')).toEqual([]);
  expect(gaps('clean_one(int n)', 'clean_one(int n) /* one */')).toEqual([]);
  expect(gaps('n > 0', 'n > 1', { of: 'mm/memory.c' })).toEqual([]);
});

it('knows the functions of the hunks where there is no tree', () => {
  const found = gaps('clean_one(n);', '!clean_one(n);', { hasTree: false });
  expect(found.map(({ why }) => why)).toEqual(['the model has its own pfn_mkclean_range()']);
  expect(gaps('clean_one(n);', 'clean_one(n); /* one */', { hasTree: false })).toEqual([]);
  expect(gaps('\treturn n;', '\treturn n + 1;', { hasTree: false })).toEqual([]);
});
