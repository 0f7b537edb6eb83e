import { expect, test } from 'vitest';
import { exploreModel } from './model-program.js';

const head = `
  static void at(struct vm_fault *vmf, unsigned long index)
  {
    vmf->vma = &vma[0];
    vmf->address = address_of(&vma[0], index);
    vmf->pmd = pmd_of(&mm[0], vmf->address);
  }
  static void holds(int truth) { __assert(truth, "assertion", "not so"); }
  void start(void) { world_file(2 * PMD_PAGES); }`;

function tells(body: string): string[] {
  const { told, why, problems } = exploreModel(
    `${head} void body(void) { struct vm_fault vmf = { 0 }; ${body} }`,
    ['body'],
  );
  expect({ why, problems }).toEqual({ why: [], problems: [] });
  return told;
}

test('a PTE under a huge PMD is a collision', () => {
  expect(
    tells(
      'at(&vmf, 0); vmf_insert_pfn_pmd(&vmf, block_pfn(0), false); vmf_insert_mixed(&vma[0], vmf.address, block_pfn(0));',
    ),
  ).toEqual(['page-table-collision: a PTE is inserted where a huge PMD is mapped']);
});

test('until v5.1 a huge PMD was installed over whatever was there, since then it is not', () => {
  const table = 'at(&vmf, 0); vmf_insert_mixed(&vma[0], vmf.address, block_pfn(0));';
  expect(tells(`${table} vmf_insert_pfn_pmd(&vma[0], vmf.address, vmf.pmd, block_pfn(0), false);`)).toEqual([
    'page-table-collision: a huge PMD is installed where a table of PTEs is',
  ]);
  expect(
    tells(`${table} vmf_insert_pfn_pmd(&vmf, block_pfn(0), false); holds(pte_present_at(0, 0));`),
  ).toEqual([]);
});

test('what is mapped stays, and becomes writable only when it is the same page frame', () => {
  expect(
    tells(`at(&vmf, 0); vmf_insert_mixed(&vma[0], vmf.address, block_pfn(0));
      vmf_insert_mixed_mkwrite(&vma[0], vmf.address, block_pfn(0)); holds(pte_write(mm[0].pte[0]));
      at(&vmf, 1); vmf_insert_mixed(&vma[0], vmf.address, ZERO_PFN);
      vmf_insert_mixed_mkwrite(&vma[0], vmf.address, block_pfn(1)); holds(!pte_write(mm[0].pte[1]));`),
  ).toEqual([]);
});

test('unmapping a part of a huge PMD takes all of it, and leaves the other PMD', () => {
  expect(
    tells(`at(&vmf, 0); vmf_insert_pfn_pmd(&vmf, block_pfn(0), false);
      at(&vmf, PMD_PAGES); vmf_insert_pfn_pmd(&vmf, block_pfn(PMD_PAGES), false);
      unmap_mapping_pages(the_mapping, 1, 1, false);
      holds(!pmd_present_at(0, 0)); holds(pmd_present_at(0, PMD_PAGES));`),
  ).toEqual([]);
});

test('unmapping everything is a length of nothing', () => {
  expect(
    tells(`at(&vmf, 0); vmf_insert_pfn_pmd(&vmf, block_pfn(0), false);
      at(&vmf, PMD_PAGES + 1); vmf_insert_mixed(&vma[0], vmf.address, block_pfn(PMD_PAGES + 1));
      unmap_mapping_range(the_mapping, 0, 0, 1);
      holds(!pmd_present_at(0, 0)); holds(!pte_present_at(0, PMD_PAGES + 1));`),
  ).toEqual([]);
});

test('a block that is freed and allocated again is another page frame', () => {
  expect(
    tells(`struct iomap map; unsigned long before = block_pfn(2); free_blocks(2, 2); holds(block_pfn(2) == 0);
      map_blocks(the_inode, 2 << PAGE_SHIFT, PAGE_SIZE, IOMAP_WRITE, &map);
      holds(block_pfn(2) != before && (map.flags & IOMAP_F_NEW)); holds(block_pfn(3) == before + 1);`),
  ).toEqual([]);
});
