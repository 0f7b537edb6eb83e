/* The end of the inode. */
/* Needs: dax_delete_mapping_entry */

void evict_inode(void)
{
	__assume("an inode is evicted only when nobody uses its file any more");
	__await_eq(&file_users, 0);
	evict(the_inode);
}
