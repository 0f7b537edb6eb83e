import { expect, it } from 'vitest';
import { ownFunctions } from '../../src/code/own-functions.js';

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

function gaps(from: string, to: string, of = path) {
  return ownFunctions(
    { before: new Map([[of, text]]), after: new Map([[of, text.replace(from, to)]]) },
    code,
  );
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
  expect(gaps('n > 0', 'n > 1', 'mm/memory.c')).toEqual([]);
});
