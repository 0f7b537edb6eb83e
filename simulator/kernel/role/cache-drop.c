/* What takes pages out of the page cache of an ordinary file. */
/* Needs: invalidate_inode_pages2_range */

/* Somebody wrote past the cache (O_DIRECT), or another machine did (NFS): mapped or not, the pages go. */
int drop_cache_range(unsigned long index, unsigned long count)
{
	return invalidate_inode_pages2_range(the_mapping, index, index + count - 1);
}

/* Memory is wanted back: what nobody maps or writes may go. */
void drop_unused_cache(unsigned long index, unsigned long count)
{
	invalidate_mapping_pages(the_mapping, index, index + count - 1);
}

/* A part of the file becomes a hole. i_size stays. */
void punch_cached_file(unsigned long index, unsigned long count)
{
	loff_t first = (loff_t)index << PAGE_SHIFT, last = ((loff_t)(index + count) << PAGE_SHIFT) - 1;

	inode_lock(the_inode);
#if __has_function(truncate_pagecache_range)
	truncate_pagecache_range(the_inode, first, last);
#else
	vmtruncate_range(the_inode, first, last);
#endif
	inode_unlock(the_inode);
}

/* Writers are kept away, faults are not. */
static void truncate_to(loff_t size)
{
	inode_lock(the_inode);
#if __has_function(vmtruncate)
	vmtruncate(the_inode, size);
#else
	truncate_setsize(the_inode, size);
#endif
	__assert(the_inode->i_size == size, "assertion", "truncation leaves the file another size");
	inode_unlock(the_inode);
}

void truncate_cached_file(unsigned long pages)
{
	truncate_to((loff_t)pages << PAGE_SHIFT);
}

void truncate_cached_page(unsigned long index)
{
	truncate_to(((loff_t)index << PAGE_SHIFT) + PAGE_SIZE / 2);
}
