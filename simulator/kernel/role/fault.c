/*
 * One fault, as a filesystem's handler makes it: under the lock that keeps truncation away, and finished
 * after an fsync when the mapping is synchronous. The one place that knows the entry functions' signatures.
 */
/* Needs: dax_iomap_fault | dax_fault */

#if __uses(PE_SIZE_PMD)
#define fault_size(huge) ((huge) ? PE_SIZE_PMD : PE_SIZE_PTE)
#else
#define fault_size(huge) ((huge) ? PMD_ORDER : 0)
#endif

static int enter(struct vm_fault *vmf, int huge, pfn_t *pfn)
{
#if __arity(dax_iomap_fault) == 5
	return dax_iomap_fault(vmf, fault_size(huge), pfn, NULL, &world_iomap_ops);
#elif __arity(dax_iomap_fault) == 4
	return dax_iomap_fault(vmf, fault_size(huge), pfn, &world_iomap_ops);
#elif __arity(dax_iomap_fault) == 3 && __uses(PE_SIZE_PMD)
	return dax_iomap_fault(vmf, fault_size(huge), &world_iomap_ops);
#elif __arity(dax_iomap_fault) == 3 && __arity(dax_iomap_pmd_fault) == 5
	if (huge)
		return dax_iomap_pmd_fault(vmf->vma, vmf->address, vmf->pmd, vmf->flags, &world_iomap_ops);
	return dax_iomap_fault(vmf->vma, vmf, &world_iomap_ops);
#elif __has_function(dax_fault)
	return fault_by_block(vmf, huge);
#else
	return VM_FAULT_SIGBUS;
#endif
}

static int finish(struct vm_fault *vmf, int huge, pfn_t pfn)
{
#if __arity(dax_finish_sync_fault) == 3
	return dax_finish_sync_fault(vmf, fault_size(huge), pfn);
#else
	return VM_FAULT_SIGBUS;
#endif
}

static int fault_with_copy(struct vm_fault *vmf, pfn_t *pfn)
{
	int result;

	vmf->cow_page = alloc_page(GFP_HIGHUSER_MOVABLE);
	result = enter(vmf, 0, pfn);
	if (!(result & VM_FAULT_DONE_COW))
		put_page(vmf->cow_page);
	return result;
}

static void describe(struct vm_fault *vmf, int process, unsigned long index, int write)
{
	vmf->vma = &vma[process];
	vmf->flags = write ? FAULT_FLAG_WRITE : 0;
	vmf->gfp_mask = GFP_KERNEL;
	vmf->pgoff = index;
	vmf->address = address_of(vmf->vma, index);
	vmf->real_address = vmf->address;
	vmf->virtual_address = (void *)vmf->address;
	vmf->pmd = pmd_of(vmf->vma->vm_mm, vmf->address);
}

int fault_at(int process, unsigned long index, int write, int huge)
{
	struct vm_fault vmf = { 0 };
	pfn_t pfn = 0;
	int result;

	if (!use_file())
		return VM_FAULT_SIGBUS;
	__assume("a fault holds the lock that keeps truncation away, shared");
	describe(&vmf, process, index, write);
	filemap_invalidate_lock_shared(the_mapping);
	if (write && !huge && !(vmf.vma->vm_flags & VM_SHARED))
		result = fault_with_copy(&vmf, &pfn);
	else
		result = enter(&vmf, huge, &pfn);
	if (result & VM_FAULT_NEEDDSYNC)
		result = finish(&vmf, huge, pfn);
	filemap_invalidate_unlock_shared(the_mapping);
	leave_file();
	/* Without the huge page that a set-up is to make, a scenario would hold for want of its scene. */
	if (huge && __alone() && (result & VM_FAULT_FALLBACK))
		__violate("assertion", "a huge fault finds no way but to fall back to a small one");
	return result;
}

int pte_fault(int process, unsigned long index, int write)
{
	return fault_at(process, index, write, 0);
}

int pmd_fault(int process, unsigned long index, int write)
{
	return fault_at(process, index, write, 1);
}

int sync_fault(int process, unsigned long index, int huge)
{
	return fault_at(process, index, 1, huge);
}
