/*
 * The mappings of a file. A walk is told from the others by its thread: when a mapping comes or goes between
 * two steps of one walk, nothing has kept them away, and the kernel would follow pointers into what was
 * rebalanced or freed. A walk that holds the lock, in whichever mode, never sees that.
 */

static struct vm_area_struct *first_in_range(struct vm_area_struct *vma, unsigned long start, unsigned long last)
{
	for (; vma; vma = vma->next_of_file)
		if (vma->vm_pgoff <= last && vma->vm_pgoff + vma_pages(vma) > start)
			return vma;
	return NULL;
}

static void assert_unchanged(struct rb_root *root)
{
	__assert(root->changes == THIS_THREAD->changes_seen, "locking-assumption",
		"mappings of the file come or go while they are walked: the walk does not hold i_mmap_rwsem");
}

/* Nothing is kept of a walk that is over. */
static void reach(struct rb_root *root, struct vm_area_struct *vma)
{
	THIS_THREAD->reached = vma;
	THIS_THREAD->walked = vma ? root : NULL;
	THIS_THREAD->changes_seen = vma ? root->changes : 0;
}

atomic struct vm_area_struct *vma_interval_tree_iter_first(struct rb_root *root, unsigned long start, unsigned long last)
{
	struct vm_area_struct *vma = first_in_range(root->first, start, last);

	reach(root, vma);
	return vma;
}

atomic struct vm_area_struct *vma_interval_tree_iter_next(struct rb_root *root, struct vm_area_struct *vma, unsigned long start, unsigned long last)
{
	struct vm_area_struct *next;

	assert_unchanged(root);
	next = first_in_range(vma->next_of_file, start, last);
	reach(root, next);
	return next;
}

/* Whoever works on the mapping that its walk has reached relies on it to be there still. */
atomic void look_again_at_vma(struct vm_area_struct *vma)
{
	if (THIS_THREAD->reached == vma)
		assert_unchanged(THIS_THREAD->walked);
}

static void assert_writer(struct rb_root *root)
{
	struct address_space *mapping = container_of(root, struct address_space, i_mmap);

	__assert(__holds(&mapping->i_mmap_rwsem) == WRITE_LOCK, "locking-assumption",
		"the mappings of a file are changed without i_mmap_rwsem held for writing");
}

atomic void vma_interval_tree_insert(struct vm_area_struct *vma, struct rb_root *root)
{
	assert_writer(root);
	vma->next_of_file = root->first;
	root->first = vma;
	root->changes++;
}

atomic void vma_interval_tree_remove(struct vm_area_struct *vma, struct rb_root *root)
{
	struct vm_area_struct **at = &root->first;

	assert_writer(root);
	while (*at != vma)
		at = &(*at)->next_of_file;
	*at = vma->next_of_file;
	root->changes++;
}
