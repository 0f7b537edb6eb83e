import { expect, test } from 'vitest';
import { exploreModel } from './model-program.js';

const head = `
  struct xarray tree;
  static void put(unsigned long index, unsigned int order, unsigned long value)
  {
    XA_STATE_ORDER(xas, &tree, index, order);
    xa_lock(&tree);
    xas_store(&xas, value ? xa_mk_value(value) : NULL);
    xa_unlock(&tree);
  }
  static void *load(unsigned long index, unsigned int order)
  {
    XA_STATE_ORDER(xas, &tree, index, order);
    void *entry;
    xa_lock(&tree);
    entry = xas_load(&xas);
    xa_unlock(&tree);
    return entry;
  }
  static void *conflict(unsigned long index, unsigned int order)
  {
    XA_STATE_ORDER(xas, &tree, index, order);
    void *entry;
    xa_lock(&tree);
    entry = xas_find_conflict(&xas);
    xa_unlock(&tree);
    return entry;
  }
  static void is(void *found, void *expected) { __assert(found == expected, "assertion", "another entry"); }
  static void holds(int truth) { __assert(truth, "assertion", "not so"); }
  #define V(value) xa_mk_value(value)
`;

/** Runs C once, in one thread; what it asserts must be so. */
function runs(body: string): void {
  const { kind, told, why, problems } = exploreModel(`${head} void body(void) { ${body} }`, ['body']);
  expect({ kind, told, why, problems }).toEqual({ kind: 'holds', told: [], why: [], problems: [] });
}

test('an order-0 lookup finds whatever entry covers the index', () => {
  runs(`put(4, PMD_ORDER, 7); put(0, 0, 1);
        is(load(4, 0), V(7)); is(load(7, 0), V(7)); is(load(0, 0), V(1)); is(load(1, 0), NULL);`);
});

test('a PMD lookup sees a node where a smaller entry lies in its first slot', () => {
  runs(`put(1, 0, 1); put(4, 0, 2); holds(xa_is_internal(load(0, PMD_ORDER)));`);
});

test('a PMD lookup sees nothing where smaller entries lie behind its first slot', () => {
  runs(`put(2, 0, 1); put(4, 0, 2); is(load(0, PMD_ORDER), NULL);`);
});

test('a PMD lookup in a tree that is a single leaf sees the leaf', () => {
  runs(`put(0, 0, 1); put(1, 0, 2); holds(xa_is_internal(load(0, PMD_ORDER)));`);
});

test('find_conflict finds an entry anywhere in the range, and never a node', () => {
  runs(`put(3, 0, 1); put(4, 0, 2);
        is(conflict(0, PMD_ORDER), V(1)); is(conflict(4, PMD_ORDER), V(2)); is(conflict(2, 0), NULL);`);
});

test('a small store over a large entry keeps the size of the large one', () => {
  runs(`put(0, PMD_ORDER, 1); put(3, 0, 2);
        is(load(0, 0), V(2)); is(load(2, PMD_ORDER), V(2)); is(load(3, 0), V(2));`);
});

test('a large store takes the place of the small entries in its range', () => {
  runs(`put(1, 0, 1); put(3, 0, 2); put(5, 0, 3); put(0, PMD_ORDER, 4);
        is(load(1, 0), V(4)); is(load(3, 0), V(4)); is(load(5, 0), V(3));`);
});

test('storing nothing at any page of a large entry removes all of it', () => {
  runs(`put(4, PMD_ORDER, 1); put(6, 0, 0);
        is(load(4, 0), NULL); is(load(6, 0), NULL); holds(xa_empty(&tree));`);
});

test('an entry that is alone at index 0 is in the head, and moves there when the others go', () => {
  runs(`put(0, 0, 1); is(tree.xa_head, V(1)); put(1, 0, 2); put(6, 0, 3); is(load(0, 0), V(1));
        put(6, 0, 0); put(1, 0, 0); is(tree.xa_head, V(1));`);
});

test('a mark is seen from every page of the entry, and goes with it', () => {
  runs(`XA_STATE(xas, &tree, 6);
        put(4, PMD_ORDER, 1); put(0, 0, 2);
        xa_lock(&tree); xas_load(&xas); xas_set_mark(&xas, PAGECACHE_TAG_DIRTY);
        xas_set(&xas, 5); xas_load(&xas); holds(xas_get_mark(&xas, PAGECACHE_TAG_DIRTY));
        xas_set(&xas, 0); xas_load(&xas); holds(!xas_get_mark(&xas, PAGECACHE_TAG_DIRTY));
        xas_set(&xas, 4); xas_store(&xas, NULL); xas_set(&xas, 4); xas_store(&xas, V(3));
        holds(!xas_get_mark(&xas, PAGECACHE_TAG_DIRTY)); xa_unlock(&tree);`);
});

test('iteration gives every entry once, in order, and goes on behind a pause', () => {
  runs(`XA_STATE(xas, &tree, 0); void *entry; unsigned long seen = 0;
        put(0, 0, 1); put(2, 0, 2); put(4, PMD_ORDER, 3);
        xa_lock(&tree);
        xas_for_each(&xas, entry, ULONG_MAX) {
          seen = seen * 10 + xa_to_value(entry);
          xas_pause(&xas); xa_unlock(&tree); xa_lock(&tree);
        }
        xa_unlock(&tree); holds(seen == 123);`);
});

test('marked iteration gives marked entries only', () => {
  runs(`XA_STATE(xas, &tree, 3); void *entry; unsigned long seen = 0;
        put(0, 0, 1); put(3, 0, 2); put(4, PMD_ORDER, 3);
        xa_lock(&tree); xas_load(&xas); xas_set_mark(&xas, PAGECACHE_TAG_TOWRITE);
        xas_set(&xas, 0);
        xas_for_each_marked(&xas, entry, ULONG_MAX, PAGECACHE_TAG_TOWRITE) seen = seen * 10 + xa_to_value(entry);
        xa_unlock(&tree); holds(seen == 2);`);
});

test('a state that was not reset goes on in a node that may be gone', () => {
  const { told } = exploreModel(
    `${head} void body(void) {
       XA_STATE(xas, &tree, 5);
       put(5, 0, 1); put(0, 0, 2);
       xa_lock(&tree); xas_load(&xas); xa_unlock(&tree);
       put(5, 0, 0);
       xa_lock(&tree); xas_load(&xas); xa_unlock(&tree);
     }`,
    ['body'],
  );
  expect(told).toEqual(['use-after-free: freed memory is used']);
});

test('changing the tree without its lock is told', () => {
  const { told } = exploreModel(
    `${head} void body(void) { XA_STATE(xas, &tree, 5); xas_store(&xas, V(1)); }`,
    ['body'],
  );
  expect(told).toEqual(['locking-assumption: the tree is changed without its lock']);
});
