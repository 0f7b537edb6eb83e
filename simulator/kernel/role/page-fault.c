/* What the generic fault path does around the handlers, and first writes to what is mapped read-only. */
/* Needs: dax_iomap_fault | dax_fault */

static atomic pmd_t look_at_pmd(int process, unsigned long index)
{
	return *pmd_of(&mm[process], address_of(&vma[process], index));
}

static atomic pte_t look_at_pte(int process, unsigned long index)
{
	return *pte_of(&mm[process], address_of(&vma[process], index));
}

/* A first write until v4.14 had an entry function of its own; since then it is a write fault. */
int mkwrite_fault(int process, unsigned long index)
{
#if __has_function(dax_pfn_mkwrite)
	struct vm_fault vmf = { 0 };
	int result;

	if (!use_file())
		return VM_FAULT_SIGBUS;
	vmf.vma = &vma[process];
	vmf.flags = FAULT_FLAG_WRITE | FAULT_FLAG_MKWRITE;
	vmf.pgoff = index;
	vmf.address = address_of(vmf.vma, index);
	vmf.pmd = pmd_of(vmf.vma->vm_mm, vmf.address);
	vmf.orig_pte = look_at_pte(process, index);
	filemap_invalidate_lock_shared(the_mapping);
#if __arity(dax_pfn_mkwrite) == 1
	result = dax_pfn_mkwrite(&vmf);
#else
	result = dax_pfn_mkwrite(vmf.vma, &vmf);
#if __uses(get_block_t)
	/* Until v4.9 the generic path makes it writable, unless something else is mapped there by now. */
	if (!(result & VM_FAULT_ERROR))
		finish_mkwrite_fault(&vmf);
#endif
#endif
	filemap_invalidate_unlock_shared(the_mapping);
	leave_file();
	return result;
#else
	return fault_at(process, index, 1, 0);
#endif
}

int store_to(int process, unsigned long index)
{
	int result = fault_at(process, index, 1, 0);

#if __has_function(dax_pfn_mkwrite)
	pte_t pte = look_at_pte(process, index);

	if (pte_present(pte) && !pte_write(pte))
		return mkwrite_fault(process, index);
#endif
	return result;
}

int pmd_mkwrite_fault(int process, unsigned long index)
{
	return fault_at(process, index, 1, 1);
}

/* At PTE size, when a table of PTEs is there or may be made. */
static int fault_small(int process, unsigned long index, int write)
{
	pte_t pte;

	if (pmd_huge(look_at_pmd(process, index)))
		return 0;
	pte = look_at_pte(process, index);
	if (pte_none(pte))
		return fault_at(process, index, write, 0);
	if (!write || pte_write(pte))
		return 0;
	if (!(vma[process].vm_flags & VM_SHARED))
		return fault_at(process, index, 1, 0);
	return mkwrite_fault(process, index);
}

int fell_back;

static atomic void note_fallback(void)
{
	fell_back++;
}

int page_fault(int process, unsigned long index, int write)
{
	pmd_t pmd = look_at_pmd(process, index);
	int result;

	if (can_fault_hugely() && (pmd_none(pmd) || (pmd_huge(pmd) && write && !pmd_write(pmd)))) {
		result = fault_at(process, index, write, 1);
		if (!(result & VM_FAULT_FALLBACK))
			return result;
		note_fallback();
	}
	return fault_small(process, index, write);
}
