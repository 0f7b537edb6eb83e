/* A page fault on a file in the page cache, from where a PTE was found to be empty. */
/* Needs: do_no_page | do_linear_fault | do_fault */

static int enter_fault(struct vm_area_struct *area, unsigned long address, int write)
{
	struct mm_struct *space = area->vm_mm;
	pmd_t *pmd = pmd_of(space, address);
#if __has_function(do_no_page)
	pte_t *pte = pte_of(space, address);
#if __uses(pte_offset_map_lock)
	return do_no_page(space, area, address, pte, pmd, write);
#else
	spin_lock(&space->page_table_lock);
	return do_no_page(space, area, address, write, pte, pmd);
#endif
#elif __has_function(do_linear_fault)
	return do_linear_fault(space, area, address, pte_of(space, address), pmd, write ? FAULT_FLAG_WRITE : 0, 0);
#elif __arity(do_fault) == 7
	return do_fault(space, area, address, pte_of(space, address), pmd, write ? FAULT_FLAG_WRITE : 0, 0);
#elif __uses(fault_env)
	struct fault_env env = { .vma = area, .address = address, .flags = write ? FAULT_FLAG_WRITE : 0, .pmd = pmd };

	return do_fault(&env);
#else
	struct vm_fault vmf = { .vma = area, .address = address, .real_address = address, .pmd = pmd };

	vmf.pgoff = linear_page_index(area, address);
	vmf.flags = write ? FAULT_FLAG_WRITE : 0;
	vmf.gfp_mask = GFP_KERNEL;
	return do_fault(&vmf);
#endif
}

int cached_fault(int process, unsigned long index, int write)
{
	struct vm_area_struct *area = &vma[process];
	unsigned long address = address_of(area, index);

	current->mm = area->vm_mm;
	return enter_fault(area, address, write);
}
