/*
 * Faults that ask the filesystem with get_block, as they did until v4.9: the entry functions of that time,
 * and what mm/memory.c does with their answers where it is not executed itself.
 */

#if __names(complete_unwritten)
#define write_callback(flags) , ((flags) & FAULT_FLAG_WRITE ? world_complete_unwritten : NULL)
#else
#define write_callback(flags)
#endif

/*
 * Where a handler may be told that it may not allocate: the filesystem comes back with its lock against
 * faults held exclusively when the handler would have had to.
 */
#define retry_exclusively(result, again) do { \
	if ((result) & VM_FAULT_RETRY) { \
		filemap_invalidate_unlock_shared(the_mapping); \
		filemap_invalidate_lock(the_mapping); \
		(result) = (again); \
		filemap_invalidate_unlock(the_mapping); \
		filemap_invalidate_lock_shared(the_mapping); \
	} \
} while (0)

int enter_by_block(struct vm_fault *vmf)
{
#if __arity(dax_fault) == 5
	int result = dax_fault(vmf->vma, vmf, world_get_block write_callback(vmf->flags), false);

	retry_exclusively(result, dax_fault(vmf->vma, vmf, world_get_block write_callback(vmf->flags), true));
	return result;
#elif __has_function(dax_fault)
	return dax_fault(vmf->vma, vmf, world_get_block write_callback(vmf->flags));
#else
	return VM_FAULT_SIGBUS;
#endif
}

/*
 * Whether the kernel could be configured to map files hugely: there were three tries, of which the second
 * one never had pages to map, and the third one's entries had no size.
 */
bool can_fault_hugely(void)
{
#if !__uses(get_block_t)
#if __names(CONFIG_FS_DAX_PMD) && !defined(CONFIG_FS_DAX_PMD)
	return false;
#else
	return true;
#endif
#elif !__has_function(dax_pmd_fault)
	return false;
#elif __names(CONFIG_FS_DAX_PMD) && (!__uses(pfn_t_devmap) || __has_function(grab_mapping_entry))
	__assume("huge pages of DAX files are off where FS_DAX_PMD depends on BROKEN");
	return false;
#else
	return true;
#endif
}

int enter_pmd_by_block(struct vm_fault *vmf)
{
	if (!can_fault_hugely())
		return VM_FAULT_FALLBACK;
#define pmd_arguments vmf->vma, vmf->address, vmf->pmd, vmf->flags, world_get_block write_callback(FAULT_FLAG_WRITE)
#if __arity(dax_pmd_fault) == 7
	int result = dax_pmd_fault(pmd_arguments, false);

	retry_exclusively(result, dax_pmd_fault(pmd_arguments, true));
	return result;
#elif __has_function(dax_pmd_fault)
	return dax_pmd_fault(pmd_arguments);
#endif
}

/* What locks the place of a private copy: the entry, the page of the hole, or the lock of all mappings. */
static void unlock_copied(struct vm_fault *vmf, int result)
{
#if __uses(VM_FAULT_DAX_LOCKED)
	if (result & VM_FAULT_DAX_LOCKED) {
		dax_unlock_mapping_entry(vmf->vma->vm_file->f_mapping, vmf->pgoff);
		return;
	}
#endif
	if (vmf->page) {
		unlock_page(vmf->page);
		put_page(vmf->page);
	} else {
		__assume("a private copy is mapped with the lock of mappings held, in whichever mode the fault took it");
		if (__holds(&the_mapping->i_mmap_rwsem) == WRITE_LOCK)
			i_mmap_unlock_write(the_mapping);
		else
			i_mmap_unlock_read(the_mapping);
	}
}

static int map_copy(struct vm_fault *vmf, int result)
{
	int mapped = finish_fault(vmf);

	unlock_copied(vmf, result);
	return mapped ? mapped : VM_FAULT_DONE_COW;
}

static int map_hole_page(struct vm_fault *vmf)
{
	int mapped = finish_fault(vmf);

	unlock_page(vmf->page);
	if (mapped)
		put_page(vmf->page);
	return mapped;
}

/* The generic path has a table of PTEs there before it asks for one PTE, and goes away from a huge PMD. */
static atomic bool make_table(struct vm_fault *vmf)
{
	struct mm_struct *space = vmf->vma->vm_mm;
	bool is_table;

	spin_lock(&space->page_table_lock);
	if (pmd_none(*vmf->pmd))
		*vmf->pmd = MAP_TABLE;
	is_table = pmd_is_table(*vmf->pmd);
	spin_unlock(&space->page_table_lock);
	return is_table;
}

int fault_by_block(struct vm_fault *vmf, int huge)
{
	int result;

	if (!huge && !make_table(vmf))
		return VM_FAULT_NOPAGE;
	result = huge ? enter_pmd_by_block(vmf) : enter_by_block(vmf);
	if (!(result & (VM_FAULT_LOCKED | VM_FAULT_DAX_LOCKED)))
		return result;
	return vmf->cow_page ? map_copy(vmf, result) : map_hole_page(vmf);
}

void wait_for_block_request(void)
{
	__await_eq(&block_asked_for, 1);
}
