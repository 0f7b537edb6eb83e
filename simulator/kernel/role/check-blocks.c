/*
 * What is true of page tables where no entry says what is mapped (until v4.6): what a process maps is what
 * the file has there, a block, or a page of zeroes where it has none.
 */

static void check_no_block(unsigned long index, unsigned long pages)
{
	unsigned long n;

	for (n = index; n < index + pages; n++)
		__assert(block_type[n] != BLOCK_WRITTEN, "stale-block-mapping", "zeroes are mapped where the file has a block");
}

static void check_block(unsigned long index, unsigned long pfn)
{
	__assert(pfn == block_pfn(index), "stale-block-mapping", "a page frame is mapped that is not the file's block");
}

/* The page of a hole: the one that the file has there, and no process can write to it. */
static void check_hole_page(unsigned long index, pte_t pte)
{
	check_no_block(index, 1);
	__assert(tree_peek(&the_mapping->i_pages, index) == pfn_to_page(pte_pfn(pte)), "stale-block-mapping",
		"another page is mapped than the file has");
	__assert(!pte_write(pte), "missed-write-protect", "a page of zeroes is writable");
}

static void check_one_pte(int process, unsigned long index, pte_t pte)
{
	bool shared = (vma[process].vm_flags & VM_SHARED) != 0;

	if (pte_pfn(pte) < FREE_PFN)
		check_block(index, pte_pfn(pte));
	else if (shared || !pte_write(pte))
		check_hole_page(index, pte);
}

static void check_one_pmd(unsigned long index, pmd_t pmd)
{
	unsigned long n;

	if (pmd_pfn(pmd) == HUGE_ZERO_PFN) {
		check_no_block(index, PMD_PAGES);
		return;
	}
	for (n = 0; n < PMD_PAGES; n++)
		check_block(index + n, pmd_pfn(pmd) + n);
}

void check_process_by_blocks(int process)
{
	unsigned long slot;
	pmd_t pmd;

	for (slot = 0; slot < WORLD_PAGES; slot++) {
		pmd = mm[process].pmd[slot / PMD_PAGES];
		if (pmd_huge(pmd) && slot % PMD_PAGES == 0)
			check_one_pmd(index_of_slot(process, slot), pmd);
		if (pmd_is_table(pmd) && mm[process].pte[slot])
			check_one_pte(process, index_of_slot(process, slot), mm[process].pte[slot]);
	}
}
