import { expect, it } from 'vitest';
import { unread } from '../../../src/code/gap/unread.js';

const text = `#include <linux/fs.h>
const struct vm_operations_struct generic_file_vm_ops = {
	.fault		= filemap_fault,
	.map_pages	= filemap_map_pages,
};
`;

function gaps(from: string, to: string, path = 'mm/filemap.c') {
  const after = new Map([[path, text.replace(from, to)]]);
  return unread({ before: new Map([[path, text]]), after }).map(({ why, modelled }) => `${why}, ${modelled}`);
}

it('a table of functions that is another was not analysed, as nothing is called through it', () => {
  const why = 'the table generic_file_vm_ops is another or gone, and scenarios do not call through it, true';
  for (const [from, to] of [
    ['\t.map_pages\t= filemap_map_pages,\n', ''],
    ['};', '\t.page_mkwrite = filemap_page_mkwrite,\n};'],
    ['generic_file_vm_ops', 'file_vm_ops'],
  ] as const)
    expect(gaps(from, to)).toEqual([why]);
});

it('code that is taken in from another file is not read', () => {
  const include = '#include "filemap-more.c"';
  expect(gaps('#include <linux/fs.h>', `#include <linux/fs.h>\n${include}`)).toEqual([
    `what ${include} takes in is not read, true`,
  ]);
});

it('a header, a comment within a table, and other files are nothing to tell of', () => {
  expect(gaps('#include <linux/fs.h>', '#include <linux/mm.h>')).toEqual([]);
  expect(gaps('.map_pages\t=', '.map_pages /* around */ =')).toEqual([]);
  expect(gaps('\t.map_pages\t= filemap_map_pages,\n', '', 'fs/ext2/file.c')).toEqual([]);
});
