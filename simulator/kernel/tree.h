/*
 * The tree under both names. Nodes, multi-order entries with siblings, marks: what radix tree and XArray
 * share. They differ in the tags of what a slot may hold besides an entry, and in their calls.
 */
#ifndef FAULTLINE_TREE_H
#define FAULTLINE_TREE_H

/*
 * The radix tree of v4.19 and before: exceptional entries, and internal ones tagged 1. Where the XArray is used,
 * too, the radix tree is some other file's: inodes and blocks are kept in one to this day.
 */
#if !__uses(XA_STATE) && \
	(__uses(radix_tree_exceptional_entry) || __uses(RADIX_TREE_EXCEPTIONAL_ENTRY) || __uses(get_block_t) || \
	 __uses(radix_tree_lookup) || __uses(radix_tree_lookup_slot))
#define RADIX_ERA 1
#define INTERNAL_TAG 1UL
#else
#define RADIX_ERA 0
#define INTERNAL_TAG 2UL
#endif

#define TREE_MARKS 3

struct xarray;

/* A node frees itself with its last slot. `array` is NULL once it is out of the tree. */
struct xa_node {
	unsigned char shift;
	unsigned char offset;
	unsigned char count;
	unsigned char marks[TREE_MARKS];
	struct xa_node *parent;
	struct xarray *array;
	void *slots[TOP_SLOTS];
};

struct xarray {
	spinlock_t xa_lock;
	gfp_t xa_flags;
	union {
		void *xa_head;
		void *rnode;
	};
	/* Of the one entry at index 0 when it is in the head itself. */
	unsigned int head_marks;
};

#define radix_tree_node xa_node
#define radix_tree_root xarray
#define gfp_mask_of(root) ((root)->xa_flags)

#define is_internal(entry) (((unsigned long)(entry) & 3) == INTERNAL_TAG)
#define is_node(entry) (is_internal(entry) && (unsigned long)(entry) > 4096)
#define is_sibling(entry) (is_internal(entry) && (unsigned long)(entry) < (TOP_SLOTS << 2))
#define to_node(entry) ((struct xa_node *)((unsigned long)(entry) - INTERNAL_TAG))
#define from_node(node) ((void *)((unsigned long)(node) | INTERNAL_TAG))
#define sibling_of(offset) ((void *)(((unsigned long)(offset) << 2) | INTERNAL_TAG))
#define sibling_offset(entry) ((unsigned int)((unsigned long)(entry) >> 2))

#define slots_of(node) ((node)->shift ? TOP_SLOTS : LEAF_SLOTS)
#define offset_in(node, index) ((unsigned int)((index) >> (node)->shift) & (slots_of(node) - 1))

bool tree_reaches(struct xarray *tree, unsigned long last);
void tree_grow(struct xarray *tree, unsigned long last);
struct xa_node *tree_new_leaf(struct xarray *tree, struct xa_node *parent, unsigned int offset);
unsigned int tree_canonical(struct xa_node *node, unsigned int offset);
unsigned int tree_order(struct xa_node *node, unsigned int offset);
unsigned long tree_index(struct xa_node *node, unsigned int offset);
int tree_slots_taken(struct xarray *tree, struct xa_node *node, unsigned int offset, unsigned int slots);
void tree_put(struct xarray *tree, struct xa_node *node, unsigned int offset, unsigned int slots, void *entry);
void tree_remove(struct xarray *tree, struct xa_node *node, unsigned int offset, unsigned int slots);
struct xa_node *tree_prune(struct xarray *tree, struct xa_node *node, unsigned int *offset);
int tree_get_mark(struct xarray *tree, struct xa_node *node, unsigned int offset, unsigned int mark);
void tree_set_mark(struct xarray *tree, struct xa_node *node, unsigned int offset, unsigned int mark);
void tree_clear_mark(struct xarray *tree, struct xa_node *node, unsigned int offset, unsigned int mark);

/* Where an index lies; no node: in the head. `entry` NULL: nothing there. */
struct tree_place {
	struct xa_node *node;
	unsigned int offset;
	void *entry;
};
void tree_find(struct xarray *tree, unsigned long index, struct tree_place *place);
void *tree_peek(struct xarray *tree, unsigned long index);

#endif
