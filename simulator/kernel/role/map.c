/* mmap() and munmap(): a mapping comes to the file's others, or goes from them, with all that it maps. */

void unmap_file(int process)
{
	struct vm_area_struct *area = &vma[process];

	if (!use_file())
		return;
	down_write(&mm[process].mmap_sem);
	zap_range(area, area->vm_start, area->vm_end, true);
	i_mmap_lock_write(the_mapping);
	vma_interval_tree_remove(area, &the_mapping->i_mmap.rb_root);
	i_mmap_unlock_write(the_mapping);
	up_write(&mm[process].mmap_sem);
	leave_file();
}

void map_file_again(int process)
{
	if (!use_file())
		return;
	down_write(&mm[process].mmap_sem);
	i_mmap_lock_write(the_mapping);
	vma_interval_tree_insert(&vma[process], &the_mapping->i_mmap.rb_root);
	i_mmap_unlock_write(the_mapping);
	up_write(&mm[process].mmap_sem);
	leave_file();
}
