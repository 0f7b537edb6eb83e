import { expect, it } from 'vitest';
import { changedLines } from '../../../src/code/changed-lines.js';
import { headerFunctions } from '../../../src/code/gap/header-functions.js';
import { patchOf } from '../../change/plain-message.js';

const path = 'include/linux/x.h';
const header = `struct file;
#define min_t(n) \\
	((n) + \\
	 1)
#define UNUSED 1
static inline int mapping_mapped(int n)
{
	return n > 0;
}
static inline int nobody_asks(int n)
{
	return n;
}
static inline int is_more(int n)
{
	return n > 2;
}
static inline int page_mapped(int n)
{
	return is_more(n);
}
static inline int nobody_has(int n)
{
	return n;
}
struct page {
	unsigned long index;
	int nobody_knows;
};
struct other {
	unsigned long index;
};
`;
const code = {
  files: new Map([
    [
      'fs/dax.c',
      'int f(int n)\n{\n\treturn mapping_mapped(n) + min_t(n) + page_mapped(n) + nobody_has(n) + page->index;\n}\n',
    ],
  ]),
  baseline: false,
};

/** What is said of one line that a patch puts in the place of another. */
function gaps(line: number, text: string) {
  const lines = header.split('\n');
  const diff = `--- a/${path}\n+++ b/${path}\n@@ -${line} +${line} @@\n-${lines[line - 1]}\n+${text}\n`;
  const change = {
    before: new Map([[path, header]]),
    after: new Map([[path, lines.with(line - 1, text).join('\n')]]),
  };
  return headerFunctions(change, code, changedLines(patchOf(diff).files).before);
}

it.each([
  ['an inline function that the code calls', 8, '\treturn n > 1;', 'mapping_mapped()'],
  ['one that is gone', 6, 'static inline int mapping_mapped_now(int n)', 'mapping_mapped()'],
  ['one that calls what the patch changes', 16, '\treturn n > 3;', 'page_mapped()'],
  ['a member', 27, '\tunsigned int index;', 'index of struct page'],
  ['a macro, anywhere in it', 4, '\t 2)', 'min_t'],
])('says that the model has its own of %s', (_, line, text, name) => {
  expect(gaps(line, text)).toEqual([{ what: path, why: `the model has its own ${name}`, modelled: true }]);
});

it.each([
  ['another name of a parameter', 6, 'static inline int mapping_mapped(int n) /* of all */'],
  ['a macro that nobody uses', 5, '#define UNUSED 2'],
  ['a function that nobody calls', 12, '\treturn n + 1;'],
  ['a function that the model has not got', 24, '\treturn n + 1;'],
  ['a member that it does not use', 28, '\tlong nobody_knows;'],
  ['a member of a struct that it does not know', 31, '\tint index;'],
  ['a declaration', 1, 'struct file; struct folio;'],
])('has nothing to say of %s', (_, line, text) => {
  expect(gaps(line, text)).toEqual([]);
});
