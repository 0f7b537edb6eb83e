/* The life of the one inode: used through references to its file, evicted when there are none. */
int file_users;
int inode_evicted;

/* An address space that is no more: its memory is gone, and this reads it. */
bool dax_mapping(struct address_space *mapping)
{
	return mapping->host && IS_DAX(mapping->host);
}

/* False once the inode was evicted: the file cannot be opened any more. */
fused bool use_file(void)
{
	if (inode_evicted)
		return false;
	file_users++;
	return true;
}

fused void leave_file(void)
{
	file_users--;
}

/* Entries removed, nobody inside a section of the tree lock, nothing counted any more. */
static void clear_inode(struct inode *inode)
{
	struct address_space *mapping = inode->i_mapping;

	spin_lock(tree_lock_of(mapping));
	BUG_ON(mapping->nrpages);
	BUG_ON(mapping->nrexceptional);
	spin_unlock(tree_lock_of(mapping));
}

/* The memory is somebody else's now, and written to: whoever still reads it is too late from here on. */
static atomic void free_inode(struct inode *inode)
{
	inode->i_state = 0;
	inode->i_mode = 0;
	inode->i_flags = 0;
	inode->i_data.host = NULL;
	__free(inode);
}

/* From the last reference to the memory being gone. RCU keeps it until every reader of now has left. */
void evict(struct inode *inode)
{
	int process;

	inode->i_state |= I_FREEING;
	for (process = 0; process < processes; process++)
		zap_range(&vma[process], vma[process].vm_start, vma[process].vm_end, true);
#if __has_function(dax_break_layout_final)
	dax_break_layout_final(inode);
#endif
	truncate_inode_pages_final(inode->i_mapping);
	clear_inode(inode);
	synchronize_rcu();
	inode_evicted = 1;
	free_inode(inode);
}
