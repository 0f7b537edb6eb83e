/* Who begins to walk through a tree looks at it anew. */
int empties_after_all(struct address_space *mapping, ulong start, ulong end)
{
	struct radix_tree_iter iter;
	struct page *page;
	void **slot;

	spin_lock_irq(&mapping->tree_lock);
	page = radix_tree_lookup(&mapping->page_tree, start);
	if (!page) {
		spin_unlock_irq(&mapping->tree_lock);
		return 0;
	}
	spin_unlock_irq(&mapping->tree_lock);
	spin_lock_irq(&mapping->tree_lock);
	radix_tree_for_each_slot(slot, &mapping->page_tree, &iter, start) {
		if (iter.index >= end)
			break;
		radix_tree_delete(&mapping->page_tree, iter.index);
	}
	spin_unlock_irq(&mapping->tree_lock);
	return 0;
}

/* Here the first page may be another one by now. */
int deletes_the_first(struct address_space *mapping, ulong start)
{
	struct page *page;

	spin_lock_irq(&mapping->tree_lock);
	page = radix_tree_lookup(&mapping->page_tree, start);
	if (!page) {
		spin_unlock_irq(&mapping->tree_lock);
		return 0;
	}
	spin_unlock_irq(&mapping->tree_lock);
	spin_lock_irq(&mapping->tree_lock);
	radix_tree_delete(&mapping->page_tree, start);
	spin_unlock_irq(&mapping->tree_lock);
	return 0;
}
