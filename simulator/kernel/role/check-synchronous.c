/*
 * What MAP_SYNC promises: who can write to a page does not lose it by a crash. The block is the file's as soon as an
 * fsync has put that on record (block-map.c).
 */

static bool can_be_written(int process, unsigned long slot)
{
	pmd_t pmd = mm[process].pmd[slot / PMD_PAGES];

	if (pmd_huge(pmd))
		return pmd_write(pmd);
	return pmd_is_table(pmd) && pte_write(mm[process].pte[slot]);
}

/* Nobody can write through a synchronous mapping to a block that a crash would take from the file. */
void check_synchronous(void)
{
	unsigned long slot;
	int process;

	if (inode_evicted || !metadata_dirty)
		return;
	for (process = 0; process < processes; process++)
		for (slot = 0; slot < WORLD_PAGES && (vma[process].vm_flags & VM_SYNC); slot++)
			__assert(!can_be_written(process, slot), "stale-block-mapping",
				"a synchronous mapping is writable before its block is on record");
}
