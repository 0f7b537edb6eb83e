/* Which mappings a file has: a list where the kernel has an interval tree, changed and walked under i_mmap_rwsem. */
#ifndef FAULTLINE_VMA_TREE_H
#define FAULTLINE_VMA_TREE_H

#define RB_EMPTY_ROOT(root) ((root)->rb_node == NULL)
#define vma_pages(vma) (((vma)->vm_end - (vma)->vm_start) >> PAGE_SHIFT)
#define vma_interval_tree_foreach(vma, root, start, last) \
	for (vma = vma_interval_tree_iter_first((struct rb_root *)(root), start, last); vma; \
		vma = vma_interval_tree_iter_next((struct rb_root *)(root), vma, start, last))

struct vm_area_struct *vma_interval_tree_iter_first(struct rb_root *root, unsigned long start, unsigned long last);
struct vm_area_struct *vma_interval_tree_iter_next(struct rb_root *root, struct vm_area_struct *vma, unsigned long start, unsigned long last);
void vma_interval_tree_insert(struct vm_area_struct *vma, struct rb_root *root);
void vma_interval_tree_remove(struct vm_area_struct *vma, struct rb_root *root);
void look_again_at_vma(struct vm_area_struct *vma);

#endif
