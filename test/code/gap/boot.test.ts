import { expect, it } from 'vitest';
import { bootCalls } from '../../../src/code/gap/boot.js';

const text = 'static int start(void)\n{\n\treturn 0;\n}\nfs_initcall(start);\nEXPORT_SYMBOL(f);\n';

function gaps(from: string, to: string, path = 'fs/dax.c') {
  return bootCalls({ before: new Map([[path, text]]), after: new Map([[path, text.replace(from, to)]]) });
}

it('what is called no more when the kernel boots, or at another time, was not analysed', () => {
  const why = 'fs_initcall(start) is gone or another, and scenarios begin after the boot';
  for (const now of ['', 'late_initcall(start);\n'])
    expect(gaps('fs_initcall(start);\n', now)).toEqual([{ what: 'fs/dax.c', why, modelled: true }]);
});

it('what is called as before, and in other files, is nothing to tell of', () => {
  expect(gaps('(f)', '_GPL(f)')).toEqual([]);
  expect(gaps('return 0', 'return 1')).toEqual([]);
  expect(gaps('fs_initcall', 'late_initcall', 'fs/ext4/super.c')).toEqual([]);
});
