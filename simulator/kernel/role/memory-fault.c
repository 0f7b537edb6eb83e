/*
 * Faults that go through mm/memory.c itself to the filesystem's handler, so that what a handler leaves locked
 * and what the generic path unlocks are seen together.
 */
/* Needs: dax_fault */
/* Needs: do_fault */

static int handle_fault(struct vm_area_struct *area, struct vm_fault *vmf)
{
	int result;

	__assume("a fault holds the lock that keeps truncation away, shared");
	vmf->vma = area;
	filemap_invalidate_lock_shared(the_mapping);
	result = enter_by_block(vmf);
	filemap_invalidate_unlock_shared(the_mapping);
	return result;
}

static const struct vm_operations_struct handlers = { .fault = handle_fault };

void world_memory_faults(void)
{
	int process;

	for (process = 0; process < processes; process++)
		vma[process].vm_ops = &handlers;
}

static int do_pte_fault(struct vm_area_struct *area, unsigned long address, unsigned int flags)
{
	pmd_t *pmd = pmd_of(area->vm_mm, address);
	pte_t *pte = pte_of(area->vm_mm, address);
#if __arity(do_fault) == 7
	return do_fault(area->vm_mm, area, address, pte, pmd, flags, 0);
#else
	struct fault_env env = { .vma = area, .address = address, .flags = flags, .pmd = pmd };

	return do_fault(&env);
#endif
}

/* A fault of a page that nothing maps, by a thread of the process: nothing of its mappings changes meanwhile. */
int memory_fault(int process, unsigned long index, int write)
{
	struct mm_struct *space = &mm[process];
	int result;

	if (!use_file())
		return VM_FAULT_SIGBUS;
	down_read(&space->mmap_sem);
	result = do_pte_fault(&vma[process], address_of(&vma[process], index), write ? FAULT_FLAG_WRITE : 0);
	up_read(&space->mmap_sem);
	leave_file();
	return result;
}
