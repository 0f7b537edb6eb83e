import { expect, test } from 'vitest';
import { eras, exploreModel } from './model-program.js';

const head = `
  static void holds(int truth) { __assert(truth, "assertion", "not so"); }
  static struct iomap_iter pages(unsigned long index, unsigned long count)
  {
    struct iomap_iter iter = { .inode = the_inode, .pos = index << PAGE_SHIFT, .len = count << PAGE_SHIFT };
    return iter;
  }
  void start(void) { world_file(2 * PMD_PAGES); }`;

/** With code of v6.15 and later, whose loops move on by themselves. */
function tells(body: string): string[] {
  const moving = `${eras.xarray} int moves(struct iomap_iter *iter) { return iomap_iter_advance(iter, 1); }`;
  const { told, why, problems } = exploreModel(`${head} void body(void) { ${body} }`, ['body'], moving);
  expect({ why, problems }).toEqual({ why: [], problems: [] });
  return told;
}

test('a loop that moves on by a number ends when all of it is done', () => {
  expect(
    tells(`struct iomap_iter iter = pages(0, 2); int rounds = 0;
      while (iomap_iter(&iter, &world_iomap_ops) > 0) { iter.status = iomap_iter_advance(&iter, PAGE_SIZE); rounds++; }
      holds(rounds == 2); holds(iter.len == 0); holds(iter.pos == 2 * PAGE_SIZE);`),
  ).toEqual([]);
});

test('a loop that moves on through a pointer is told what is left of the extent', () => {
  expect(
    tells(`struct iomap_iter iter = pages(0, 2); u64 left = PAGE_SIZE; loff_t rest = PAGE_SIZE;
      iomap_iter(&iter, &world_iomap_ops);
      holds(iomap_iter_advance(&iter, &left) == 0); holds(left == PAGE_SIZE);
      holds(iomap_iter_advance(&iter, &rest) == 0); holds(rest == 0);`),
  ).toEqual([]);
});

test('who does not move on, or says that it failed, ends the loop', () => {
  expect(
    tells(`struct iomap_iter iter = pages(0, 2);
      holds(iomap_iter(&iter, &world_iomap_ops) == 1); holds(iomap_iter(&iter, &world_iomap_ops) == 0);
      iter = pages(0, 2); iomap_iter(&iter, &world_iomap_ops); iomap_iter_advance(&iter, PAGE_SIZE);
      iter.status = -EIO; holds(iomap_iter(&iter, &world_iomap_ops) == -EIO);`),
  ).toEqual([]);
});

test('moving on beyond the extent is a warning', () => {
  expect(
    tells(`struct iomap_iter iter = pages(0, 1);
      iomap_iter(&iter, &world_iomap_ops); iomap_iter_advance(&iter, 2 * PAGE_SIZE);`),
  ).toEqual([expect.stringMatching(/^warning: /)]);
});
