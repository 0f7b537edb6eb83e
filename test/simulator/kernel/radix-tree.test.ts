import { expect, test } from 'vitest';
import { eras, exploreModel } from './model-program.js';

const head = `
  struct radix_tree_root tree;
  #define E(value) ((void *)(((unsigned long)(value) << 2) | RADIX_TREE_EXCEPTIONAL_ENTRY))
  static int put(unsigned long index, unsigned int order, unsigned long value)
  {
    int error;
    xa_lock(&tree);
    error = __radix_tree_insert(&tree, index, order, E(value));
    xa_unlock(&tree);
    return error;
  }
  static void holds(int truth) { __assert(truth, "assertion", "not so"); }
`;

function tells(body: string): string[] {
  const { told, why, problems } = exploreModel(`${head} void body(void) { ${body} }`, ['body'], eras.radix);
  expect({ why, problems }).toEqual({ why: [], problems: [] });
  return told;
}

test('an insertion fails when anything at all lies in its range', () => {
  const body = `holds(put(3, 0, 1) == 0); holds(put(0, PMD_ORDER, 2) == -EEXIST); holds(put(3, 0, 2) == -EEXIST);
    holds(put(4, PMD_ORDER, 3) == 0); holds(put(6, 0, 4) == -EEXIST);`;
  expect(tells(body)).toEqual([]);
});

test('a lookup finds whatever entry covers the index, and the slot that holds it', () => {
  const body = `void **slot, **other; put(4, PMD_ORDER, 1); put(0, 0, 2);
    holds(__radix_tree_lookup(&tree, 6, NULL, &slot) == E(1));
    holds(__radix_tree_lookup(&tree, 4, NULL, &other) == E(1)); holds(slot == other);
    holds(radix_tree_lookup(&tree, 1) == NULL);`;
  expect(tells(body)).toEqual([]);
});

test('a slot that was looked up before its node went is freed memory', () => {
  const body = `void **slot; put(5, 0, 1); put(0, 0, 2); __radix_tree_lookup(&tree, 5, NULL, &slot);
    xa_lock(&tree); radix_tree_delete(&tree, 5); radix_tree_deref_slot(slot); xa_unlock(&tree);`;
  expect(tells(body)).toEqual(['use-after-free: freed memory is used']);
});

test('sleeping between a preload and its end is told', () => {
  expect(tells('radix_tree_preload(0); __might_sleep(); radix_tree_preload_end();')).toEqual([
    'sleep-in-atomic: a thread sleeps inside a spinlock',
  ]);
});
