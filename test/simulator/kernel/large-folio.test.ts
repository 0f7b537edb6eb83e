import { expect, test } from 'vitest';
import { eras, exploreModel } from './model-program.js';

const head = `
  static struct vm_fault at(unsigned long index)
  {
    struct vm_fault vmf = { 0 };
    vmf.vma = &vma[0];
    vmf.address = address_of(&vma[0], index);
    vmf.pmd = pmd_of(&mm[0], vmf.address);
    return vmf;
  }
  static void holds(int truth) { __assert(truth, "assertion", "not so"); }
  static int count(unsigned long index) { return page_ref_count(block_page(index)); }
  static struct folio *huge(unsigned long index)
  {
    prep_compound_page(block_page(index), PMD_ORDER);
    folio_ref_inc(page_folio(block_page(index)));
    return page_folio(block_page(index));
  }
  void start(void) { world_file(2 * PMD_PAGES); }`;

function explored(body: string) {
  return exploreModel(`${head} void body(void) { ${body} }`, ['body'], eras.counted);
}

function tells(body: string): string[] {
  const { told, why, problems } = explored(body);
  expect({ why, problems }).toEqual({ why: [], problems: [] });
  return told;
}

const insertPage =
  'struct vm_fault vmf = at(1); struct page *page = block_page(1); folio_ref_inc(page_folio(page));';

test('a mapping holds one reference until it goes, and a page is idle at none', () => {
  expect(
    tells(`holds(count(1) == 0); ${insertPage}
      holds(vmf_insert_page_mkwrite(&vmf, page, true) == VM_FAULT_NOPAGE); put_page(page);
      holds(count(1) == 1); holds(folio_mapcount(page_folio(page)) == 1); holds(pte_write(mm[0].pte[1]));
      unmap_mapping_pages(the_mapping, 1, 1, false);
      holds(count(1) == 0); holds(folio_mapcount(page_folio(page)) == 0);`),
  ).toEqual([]);
});

test('a page that nobody holds is not mapped', () => {
  expect(
    tells(`struct vm_fault vmf = at(1);
      holds(vmf_insert_page_mkwrite(&vmf, block_page(1), true) == VM_FAULT_SIGBUS); holds(!pte_present_at(0, 1));`),
  ).toEqual([]);
});

test('the same page is mapped once, and becomes writable', () => {
  expect(
    tells(`${insertPage} vmf_insert_page_mkwrite(&vmf, page, false); holds(!pte_write(mm[0].pte[1]));
      vmf_insert_page_mkwrite(&vmf, page, true); holds(pte_write(mm[0].pte[1])); holds(count(1) == 2);`),
  ).toEqual([]);
});

test('another page than is mapped is an error, and a warning unless zeroes were there', () => {
  const other = 'folio_ref_inc(page_folio(block_page(2)));';
  expect(
    tells(`${insertPage} vmf_insert_page_mkwrite(&vmf, pfn_to_page(ZERO_PFN), false);
      holds(vmf_insert_page_mkwrite(&vmf, page, true) == VM_FAULT_SIGBUS); holds(count(1) == 1);`),
  ).toEqual([]);
  expect(
    tells(`${insertPage} ${other} vmf_insert_page_mkwrite(&vmf, page, false);
      vmf_insert_page_mkwrite(&vmf, block_page(2), true);`),
  ).toEqual([expect.stringMatching(/^warning: /)]);
});

test('a PTE under a huge PMD is a collision here as well', () => {
  expect(
    tells(`struct vm_fault vmf = at(0); struct folio *folio = huge(0);
      vmf_insert_folio_pmd(&vmf, folio, true); vmf_insert_page_mkwrite(&vmf, block_page(0), true);`),
  ).toEqual(['page-table-collision: a PTE is inserted where a huge PMD is mapped']);
});

test('a huge mapping counts once, on the first page of its folio', () => {
  expect(
    tells(`struct vm_fault vmf = at(0); struct folio *folio = huge(0);
      holds(folio_order(folio) == PMD_ORDER); holds(page_folio(block_page(PMD_PAGES - 1)) == folio);
      vmf_insert_folio_pmd(&vmf, folio, true); folio_put(folio);
      holds(pmd_present_at(0, 0)); holds(count(PMD_PAGES - 1) == 1); holds(folio_mapcount(folio) == 1);
      split_huge_pmd(&vma[0], vmf.pmd, vmf.address); holds(count(0) == 0); holds(folio_mapcount(folio) == 0);`),
  ).toEqual([]);
});

test('a folio of another size than a PMD is not mapped hugely', () => {
  expect(
    tells(`struct vm_fault vmf = at(0); folio_ref_inc(page_folio(block_page(0)));
      vmf_insert_folio_pmd(&vmf, page_folio(block_page(0)), true);`),
  ).toEqual([expect.stringMatching(/^warning: /)]);
});

test('huge zeroes are mapped without being counted', () => {
  expect(
    tells(`struct vm_fault vmf = at(0); struct folio *zeroes = mm_get_huge_zero_folio(&mm[0]);
      vmf_insert_folio_pmd(&vmf, zeroes, false); holds(pmd_present_at(0, 0)); holds(folio_ref_count(zeroes) == 1);
      unmap_mapping_range(the_mapping, 0, 0, 1); holds(folio_ref_count(zeroes) == 1);`),
  ).toEqual([]);
});

test('a folio that was taken apart is pages again', () => {
  expect(
    tells(`struct folio *folio = huge(0); struct page *second = block_page(1); struct dev_pagemap *device = page_pgmap(second);
      int n; holds(device != NULL); folio_put(folio); folio_reset_order(folio);
      for (n = 0; n < PMD_PAGES; n++) { ClearPageHead(block_page(n)); clear_compound_head(block_page(n)); }
      holds(folio_order(folio) == 0); holds(compound_head(second) == second); holds(page_pgmap(second) == NULL);`),
  ).toEqual([]);
});

test('nothing is said of an invalidation that takes a mapped folio apart', () => {
  const { why, told } = explored(`struct vm_fault vmf = at(0); struct folio *folio = huge(0);
    vmf_insert_folio_pmd(&vmf, folio, false); THIS_THREAD->only_clean++; clear_compound_head(&folio->page);`);
  expect(why).toEqual([]);
  expect(told).toEqual(['model: a huge page is taken apart while it is mapped']);
});
