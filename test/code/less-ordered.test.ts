import { expect, it } from 'vitest';
import { fingerprints } from '../../simulator/c/fingerprint.js';
import { lessOrdered } from '../../src/code/less-ordered.js';
import { readModel } from '../../src/code/model.js';

const head = '#include <linux/fs.h>\nint flag, data, other;\n';
const meanings = (text: string) =>
  fingerprints([{ path: 'mm/x.c', text: head + text, origin: 'reviewed' }], readModel().headers);
const found = (before: string, after: string) => [...lessOrdered(meanings(before), meanings(after))];

const publish = 'void publish(void)\n{\n\tdata = 1;\n\tsmp_wmb();\n\tflag = 1;\n}\n';
const look = 'int look(void)\n{\n\tint seen = READ_ONCE(flag);\n\tsmp_rmb();\n\treturn seen + data;\n}\n';

it.each([
  ['a barrier is gone', publish, publish.replace('\tsmp_wmb();\n', ''), ['publish', ['smp_wmb']]],
  [
    'a barrier stands elsewhere',
    publish,
    publish.replace('\tsmp_wmb();\n', '').replace('\tdata', '\tsmp_wmb();\n\tdata'),
    ['publish', ['smp_wmb']],
  ],
  ['a weaker one took its place', look, look.replace('smp_rmb', 'barrier'), ['look', ['smp_rmb']]],
  ['an access may happen twice', look, look.replace('READ_ONCE(flag)', 'flag'), ['look', ['READ_ONCE']]],
  [
    'a store is released no more',
    publish.replace('flag = 1', 'smp_store_release(&flag, 1)'),
    publish.replace('flag = 1', 'WRITE_ONCE(flag, 1)'),
    ['publish', ['smp_store_release']],
  ],
  [
    'a pointer is assigned as any word is',
    'int *p; void set(int *to) { rcu_assign_pointer(p, to); }',
    'int *p; void set(int *to) { p = to; }',
    ['set', ['rcu_assign_pointer']],
  ],
])('%s', (_, before, after, expected) => {
  expect(found(before, after)).toEqual([expected]);
});

it.each([
  ['nothing is other', publish, publish],
  ['a barrier is new', publish.replace('\tsmp_wmb();\n', ''), publish],
  ['a local has another name', look, look.replaceAll('seen', 'there')],
  [
    'a barrier went to another function with what it orders',
    publish,
    `static void order(void)\n{\n\tsmp_wmb();\n\tother = 1;\n}\n${publish.replace('smp_wmb', 'order')}`,
  ],
  [
    'a counter is read, which is no matter of order',
    'int f(void) { return flag; }',
    'int f(void) { return 0; }',
  ],
])('%s: no order is lost', (_, before, after) => {
  expect(found(before, after)).toEqual([]);
});
