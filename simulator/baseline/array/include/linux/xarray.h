/* SPDX-License-Identifier: Apache-2.0 */
/*
 * include/linux/xarray.h - an array that grows, of pointers and small numbers
 *
 * Faultline's telling of the XArray of v6.12. The two lowest bits of what a slot
 * holds say what it is: 00 a pointer of the user's, x1 a number, 10 what the array
 * put there itself. Writers hold xa_lock; readers hold it, or are in an RCU section.
 */
#ifndef _LINUX_XARRAY_H
#define _LINUX_XARRAY_H

struct list_lru;
struct xa_node;

typedef unsigned int xa_mark_t;
typedef void (*xa_update_node_t)(struct xa_node *node);

#define XA_MARK_0	((xa_mark_t)0)
#define XA_MARK_1	((xa_mark_t)1)
#define XA_MARK_2	((xa_mark_t)2)
#define XA_MARK_MAX	XA_MARK_2
#define XA_MAX_MARKS	3
/* No mark: whatever is there. */
#define XA_PRESENT	((xa_mark_t)8)
/* Where free places are tracked, this one says that a place is free, or that one is below. */
#define XA_FREE_MARK	XA_MARK_0

/* In what context the lock is taken: the lowest bits of the flags. */
enum xa_lock_type { XA_LOCK_IRQ = 1, XA_LOCK_BH = 2 };

#define XA_FLAGS_TRACK_FREE	((gfp_t)4)
#define XA_FLAGS_ZERO_BUSY	((gfp_t)8)
#define XA_FLAGS_ACCOUNT	((gfp_t)32)
/* The marks of the whole array lie above what an allocation knows. */
#define XA_FLAGS_MARK(mark)	((gfp_t)(1U << (__GFP_BITS_SHIFT + (mark))))
#define XA_FLAGS_ALLOC		(XA_FLAGS_MARK(XA_FREE_MARK) | XA_FLAGS_TRACK_FREE)

struct xarray {
	spinlock_t xa_lock;
	gfp_t xa_flags;
	/* Nothing, the entry of index 0 if there is no other, or the topmost node. */
	void __rcu *xa_head;
};

#ifndef XA_CHUNK_SHIFT
#define XA_CHUNK_SHIFT	(IS_ENABLED(CONFIG_BASE_SMALL) ? 4 : 6)
#endif
#define XA_CHUNK_SIZE	(1UL << XA_CHUNK_SHIFT)
#define XA_CHUNK_MASK	(XA_CHUNK_SIZE - 1)
#define XA_MARK_LONGS	BITS_TO_LONGS(XA_CHUNK_SIZE)

struct xa_node {
	/* A slot stands for 1 << shift indices; offset is the node's own slot in its parent. */
	unsigned char shift, offset;
	/* Slots that are not empty, and how many of them lead to a number. */
	unsigned char count, nr_values;
	struct xarray *array;
	struct xa_node __rcu *parent;
	/* The list is the user's, who has taken the node off it when it is freed. */
	union {
		struct rcu_head rcu_head;
		struct list_head private_list;
	};
	void __rcu *slots[XA_CHUNK_SIZE];
	union {
		unsigned long marks[XA_MAX_MARKS][XA_MARK_LONGS];
		unsigned long tags[XA_MAX_MARKS][XA_MARK_LONGS];
	};
};

/* What an operation is about, and where it is. */
struct xa_state {
	struct xarray *xa;
	/* NULL: at the head. What is no pointer: XAS_RESTART, XAS_BOUNDS or an error. */
	struct xa_node *xa_node;
	unsigned long xa_index;
	unsigned char xa_offset;
	/* Of what size the entry is: xa_sibs + 1 slots of a node of this shift. */
	unsigned char xa_shift, xa_sibs;
	unsigned char xa_pad;
	/* Nodes for later, chained by their parents. */
	struct xa_node *xa_alloc;
	struct list_lru *xa_lru;
	xa_update_node_t xa_update;
};

/* Not walked yet, and walked to where the array has no nodes. */
#define XAS_RESTART	((struct xa_node *)3UL)
#define XAS_BOUNDS	((struct xa_node *)1UL)
#define XA_ERROR(errno)	((struct xa_node *)(2UL | (unsigned long)(errno) << 2))

#define __XA_STATE(array, index, shift, sibs) \
	{ .xa = (array), .xa_node = XAS_RESTART, .xa_index = (index), .xa_shift = (shift), .xa_sibs = (sibs) }
#define XA_STATE(name, array, index) struct xa_state name = __XA_STATE(array, index, 0, 0)

struct xa_limit {
	u32 max, min;
};

#define XA_LIMIT(low, high)	((struct xa_limit) { .min = (low), .max = (high) })
#define xa_limit_31b		XA_LIMIT(0, INT_MAX)

/* Numbers. */

static inline bool xa_is_value(const void *entry)
{
	return ((unsigned long)entry & 1) != 0;
}

static inline void *xa_mk_value(unsigned long number)
{
	WARN_ON((long)number < 0);
	return (void *)(1 | number << 1);
}

/* What the array puts there: siblings first, then two words of its own, nodes, and errors at the very end. */

static inline bool xa_is_internal(const void *entry)
{
	return ((unsigned long)entry & 3) == 2UL;
}

static inline void *xa_mk_internal(unsigned long number)
{
	return (void *)(2 | number << 2);
}

static inline unsigned long xa_to_internal(const void *entry)
{
	return (unsigned long)entry / 4;
}

/* Whoever reads this looks at what is on its way out, and starts again. */
#define XA_RETRY_ENTRY	xa_mk_internal(256)
/* Reserved: there for those who store, absent for those who load. */
#define XA_ZERO_ENTRY	xa_mk_internal(257)

static inline bool xa_is_retry(const void *entry)
{
	return entry == XA_RETRY_ENTRY;
}

static inline bool xa_is_zero(const void *entry)
{
	return entry == XA_ZERO_ENTRY;
}

/* Not to be stored by users: what readers of the array would take for something else. */
static inline bool xa_is_advanced(const void *entry)
{
	return entry <= XA_RETRY_ENTRY && xa_is_internal(entry);
}

static inline bool xa_is_err(const void *entry)
{
	return entry >= xa_mk_internal(-MAX_ERRNO) && xa_is_internal(entry);
}

static inline int xa_err(void *entry)
{
	return xa_is_err(entry) ? (int)((long)entry >> 2) : 0;
}

static inline bool xa_is_node(const void *entry)
{
	return (unsigned long)entry > 4096 && xa_is_internal(entry);
}

static inline struct xa_node *xa_to_node(const void *entry)
{
	return (struct xa_node *)((unsigned long)entry & ~2UL);
}

static inline void *xa_mk_node(const struct xa_node *node)
{
	return (void *)(2 + (unsigned long)node);
}

static inline unsigned long xa_to_sibling(const void *entry)
{
	return xa_to_internal(entry);
}

static inline void *xa_mk_sibling(unsigned int slot)
{
	return xa_mk_internal(slot);
}

/* The last slot is nobody's first of several. */
static inline bool xa_is_sibling(const void *entry)
{
	return xa_is_internal(entry) && xa_to_sibling(entry) < XA_CHUNK_MASK;
}

/* The normal interface. Who stands with two underscores is called with the lock held. */

void *xa_load(struct xarray *xa, unsigned long index);
void *xa_erase(struct xarray *xa, unsigned long index);
void *__xa_erase(struct xarray *xa, unsigned long index);
void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *xa_store_range(struct xarray *xa, unsigned long first, unsigned long last, void *entry, gfp_t gfp);
void *__xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp);
int __must_check __xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
int __must_check __xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp);
int __must_check __xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, u32 *next, gfp_t gfp);
void xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
void __xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
void *xa_find(struct xarray *xa, unsigned long *indexp, unsigned long max, xa_mark_t filter);
void *xa_find_after(struct xarray *xa, unsigned long *indexp, unsigned long max, xa_mark_t filter);

#define xa_lock(xa)			spin_lock(&(xa)->xa_lock)
/* The same call for who does not hold the lock. */
#define xa_locked(xa, statement)	do { xa_lock(xa); statement; xa_unlock(xa); } while (0)
#define xa_lock_irq(xa)			spin_lock_irq(&(xa)->xa_lock)
#define xa_lock_bh(xa)			spin_lock_bh(&(xa)->xa_lock)
#define xa_unlock(xa)			spin_unlock(&(xa)->xa_lock)
#define xa_unlock_irq(xa)		spin_unlock_irq(&(xa)->xa_lock)
#define xa_unlock_bh(xa)		spin_unlock_bh(&(xa)->xa_lock)

static inline void xa_init_flags(struct xarray *xa, gfp_t flags)
{
	xa->xa_head = NULL;
	xa->xa_flags = flags;
	spin_lock_init(&xa->xa_lock);
}

static inline void xa_init(struct xarray *xa)
{
	xa_init_flags(xa, 0);
}

/* Whether anything in the array has the mark. */
static inline bool xa_marked(const struct xarray *xa, xa_mark_t mark)
{
	return (xa->xa_flags & XA_FLAGS_MARK(mark)) != 0;
}

static inline void *xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp)
{
	void *found;

	might_alloc(gfp);
	xa_locked(xa, found = __xa_cmpxchg(xa, index, old, entry, gfp));
	return found;
}

static inline int __must_check xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	int error;

	might_alloc(gfp);
	xa_locked(xa, error = __xa_insert(xa, index, entry, gfp));
	return error;
}

static inline int __must_check xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp)
{
	int error;

	might_alloc(gfp);
	xa_locked(xa, error = __xa_alloc(xa, id, entry, limit, gfp));
	return error;
}

static inline int __must_check xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit,
					       u32 *next, gfp_t gfp)
{
	int error;

	might_alloc(gfp);
	xa_locked(xa, error = __xa_alloc_cyclic(xa, id, entry, limit, next, gfp));
	return error < 0 ? error : 0;
}

/* What is read of the array: by anyone, or with the lock held. */

static inline void *xa_head(const struct xarray *xa)
{
	return rcu_dereference_check(xa->xa_head, lockdep_is_held(&xa->xa_lock));
}

static inline void *xa_entry(const struct xarray *xa, const struct xa_node *node, unsigned int slot)
{
	return rcu_dereference_check(node->slots[slot], lockdep_is_held(&xa->xa_lock));
}

static inline struct xa_node *xa_parent(const struct xarray *xa, const struct xa_node *node)
{
	return rcu_dereference_check(node->parent, lockdep_is_held(&xa->xa_lock));
}

static inline void *xa_head_locked(const struct xarray *xa)
{
	return rcu_dereference_protected(xa->xa_head, lockdep_is_held(&xa->xa_lock));
}

static inline void *xa_entry_locked(const struct xarray *xa, const struct xa_node *node, unsigned int slot)
{
	return rcu_dereference_protected(node->slots[slot], lockdep_is_held(&xa->xa_lock));
}

static inline struct xa_node *xa_parent_locked(const struct xarray *xa, const struct xa_node *node)
{
	return rcu_dereference_protected(node->parent, lockdep_is_held(&xa->xa_lock));
}

/* The advanced interface: the caller holds the lock, or reads under RCU, and asks again where he is told to. */

void *xas_load(struct xa_state *xas);
void *xas_store(struct xa_state *xas, void *entry);
bool xas_nomem(struct xa_state *xas, gfp_t gfp);
void xas_destroy(struct xa_state *xas);
void xas_create_range(struct xa_state *xas);
void xas_set_mark(const struct xa_state *xas, xa_mark_t mark);
void xas_clear_mark(const struct xa_state *xas, xa_mark_t mark);
void xas_init_marks(const struct xa_state *xas);
void xas_pause(struct xa_state *xas);
void *xas_find(struct xa_state *xas, unsigned long max);
void *xas_find_marked(struct xa_state *xas, unsigned long max, xa_mark_t mark);
void *__xas_next(struct xa_state *xas);
void *__xas_prev(struct xa_state *xas);
void xas_split_alloc(struct xa_state *xas, void *entry, unsigned int order, gfp_t gfp);
void xas_split(struct xa_state *xas, void *entry, unsigned int order);

#define xas_lock(xas)				xa_lock((xas)->xa)
#define xas_lock_irq(xas)			xa_lock_irq((xas)->xa)
#define xas_lock_bh(xas)			xa_lock_bh((xas)->xa)
#define xas_unlock(xas)				xa_unlock((xas)->xa)
#define xas_unlock_irq(xas)			xa_unlock_irq((xas)->xa)
#define xas_unlock_bh(xas)			xa_unlock_bh((xas)->xa)

static inline void xas_set_err(struct xa_state *xas, long error)
{
	xas->xa_node = XA_ERROR(error);
}

static inline int xas_error(const struct xa_state *xas)
{
	return xa_err(xas->xa_node);
}

/* At the head, or in a node. */
static inline bool xas_valid(const struct xa_state *xas)
{
	return ((unsigned long)xas->xa_node & 3) == 0;
}

static inline bool xas_invalid(const struct xa_state *xas)
{
	return !xas_valid(xas);
}

static inline bool xas_is_node(const struct xa_state *xas)
{
	return xas->xa_node && xas_valid(xas);
}

static inline bool xas_not_node(struct xa_node *node)
{
	return !node || ((unsigned long)node & 3) != 0;
}

/* Restarts and errors: the index has not been looked at. */
static inline bool xas_frozen(struct xa_node *node)
{
	return ((unsigned long)node & 2) != 0;
}

/* The head, and what leads to it: RESTART and BOUNDS. */
static inline bool xas_top(struct xa_node *node)
{
	return (unsigned long)node <= (unsigned long)XAS_RESTART;
}

static inline void xas_reset(struct xa_state *xas)
{
	xas->xa_node = XAS_RESTART;
}

/* Whether the entry is none of the user's. What a walk of a dying node met is looked up from the head again. */
static inline bool xas_retry(struct xa_state *xas, const void *entry)
{
	if (xa_is_retry(entry)) {
		xas_reset(xas);
		return true;
	}
	return xa_is_zero(entry);
}

/* What stands now where the state has been walked to. */
static inline void *xas_reload(struct xa_state *xas)
{
	struct xa_node *node = xas->xa_node;
	unsigned int slot;
	void *entry;

	if (!node)
		return xa_head(xas->xa);
	slot = (xas->xa_index >> node->shift) & XA_CHUNK_MASK;
	entry = xa_entry(xas->xa, node, slot);
	if (xa_is_sibling(entry))
		entry = xa_entry(xas->xa, node, xa_to_sibling(entry));
	return entry;
}

static inline void xas_set(struct xa_state *xas, unsigned long index)
{
	xas_reset(xas);
	xas->xa_index = index;
}

static inline void xas_set_order(struct xa_state *xas, unsigned long index, unsigned int order)
{
	unsigned int rest = order % XA_CHUNK_SHIFT;

	xas_set(xas, order < BITS_PER_LONG ? index >> order << order : 0);
	xas->xa_sibs = (1 << rest) - 1;
	xas->xa_shift = order - rest;
}

/* As xas_find(), and quicker where the next entry stands in the same leaf. */
static inline void *xas_next_entry(struct xa_state *xas, unsigned long max)
{
	struct xa_node *leaf = xas->xa_node;
	void *entry = NULL;

	if (xas_not_node(leaf) || leaf->shift || (xas->xa_index & XA_CHUNK_MASK) != xas->xa_offset)
		return xas_find(xas, max);

	while (!entry) {
		if (xas->xa_index >= max || xas->xa_offset == XA_CHUNK_MASK)
			return xas_find(xas, max);
		entry = xa_entry(xas->xa, leaf, xas->xa_offset + 1);
		if (xa_is_internal(entry))
			return xas_find(xas, max);
		xas->xa_index++;
		xas->xa_offset++;
	}
	return entry;
}

/* The first slot with the mark, from here or from behind here; XA_CHUNK_SIZE when there is none. */
static inline unsigned int xas_find_chunk(struct xa_state *xas, bool advance, xa_mark_t mark)
{
	unsigned long *map = xas->xa_node->marks[mark];
	unsigned int from = xas->xa_offset + (advance ? 1 : 0);

	return find_next_bit(map, XA_CHUNK_SIZE, from);
}

static inline void *xas_next_marked(struct xa_state *xas, unsigned long max, xa_mark_t mark)
{
	struct xa_node *leaf = xas->xa_node;
	void *entry = NULL;

	if (xas_not_node(leaf) || leaf->shift)
		return xas_find_marked(xas, max, mark);

	xas->xa_offset = xas_find_chunk(xas, true, mark);
	xas->xa_index = (xas->xa_index & ~XA_CHUNK_MASK) + xas->xa_offset;
	if (xas->xa_index > max)
		return NULL;
	if (xas->xa_offset < XA_CHUNK_SIZE)
		entry = xa_entry(xas->xa, leaf, xas->xa_offset);
	/* The mark may have come before the entry, or gone after it. */
	return entry ? entry : xas_find_marked(xas, max, mark);
}

#define xas_for_each(xas, entry, max) \
	for ((entry) = xas_find(xas, max); (entry); (entry) = xas_next_entry(xas, max))
#define xas_for_each_marked(xas, entry, max, mark) \
	for ((entry) = xas_find_marked(xas, max, mark); (entry); (entry) = xas_next_marked(xas, max, mark))

static inline void *xas_next(struct xa_state *xas)
{
	struct xa_node *leaf = xas->xa_node;

	if (xas_not_node(leaf) || leaf->shift || xas->xa_offset == XA_CHUNK_MASK)
		return __xas_next(xas);
	xas->xa_index++;
	return xa_entry(xas->xa, leaf, ++xas->xa_offset);
}

static inline void *xas_prev(struct xa_state *xas)
{
	struct xa_node *leaf = xas->xa_node;

	if (xas_not_node(leaf) || leaf->shift || !xas->xa_offset)
		return __xas_prev(xas);
	xas->xa_index--;
	return xa_entry(xas->xa, leaf, --xas->xa_offset);
}

#endif
