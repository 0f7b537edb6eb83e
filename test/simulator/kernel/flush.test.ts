import { describe, expect, it } from 'vitest';
import { exploreModel } from './model-program.js';

/** What is told when a huge page that can be written to was protected and flushed like this. */
function toldOf(body: string): string[] {
  const text = `
    /* An entry comes locked into the tree, and stays there clean. */
    static void enter(unsigned long index)
    {
      xa_store(&the_mapping->i_pages, index, xa_mk_value(block_pfn(index) << 4 | 1), 0);
      xa_store(&the_mapping->i_pages, index, xa_mk_value(block_pfn(index) << 4), 0);
    }
    void start(void)
    {
      struct vm_fault vmf = { 0 };
      world_file(PMD_PAGES);
      world_counts_flushes();
      vmf.vma = &vma[0];
      vmf.address = address_of(&vma[0], 0);
      vmf.pmd = pmd_of(&mm[0], vmf.address);
      vmf_insert_pfn_pmd(&vmf, block_pfn(0), true);
      enter(0);
      enter(1);
    }
    static void protect(void) { pfn_mkclean_range(block_pfn(0), PMD_PAGES, 0, &vma[0]); }
    static void flush(unsigned long pages) { dax_flush(NULL, page_address(block_page(0)), pages * PAGE_SIZE); }
    void body(void) { ${body} }
    void finally(void) { check_flushed(); }`;
  const { told, why, problems } = exploreModel(text, ['body']);
  expect({ why, problems }).toEqual({ why: [], problems: [] });
  return told;
}

describe('what was written through a mapping', () => {
  const lost = ['missed-write-protect: what was written to a page that counts as clean was not flushed'];

  it('is on the medium when it is flushed after the last write', () => {
    expect(toldOf('protect(); flush(PMD_PAGES);')).toEqual([]);
  });

  it('is not when the flush comes first, or is none, or is of one page of many', () => {
    expect(toldOf('flush(PMD_PAGES); protect();')).toEqual(lost);
    expect(toldOf('protect();')).toEqual(lost);
    expect(toldOf('protect(); flush(1);')).toEqual(lost);
  });

  it('waits for a flush, too, when it is unmapped', () => {
    expect(toldOf('unmap_mapping_range(the_mapping, 0, 0, 1);')).toEqual(lost);
    expect(toldOf('unmap_mapping_range(the_mapping, 0, 0, 1); flush(PMD_PAGES);')).toEqual([]);
  });
});
