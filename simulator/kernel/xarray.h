/* The XArray of v4.20 and later. */
#ifndef FAULTLINE_XARRAY_H
#define FAULTLINE_XARRAY_H

#if !RADIX_ERA

typedef unsigned int xa_mark_t;
#define XA_MARK_0 0U
#define XA_MARK_1 1U
#define XA_MARK_2 2U
#define XA_PRESENT 8U
#define PAGECACHE_TAG_DIRTY XA_MARK_0
#define PAGECACHE_TAG_WRITEBACK XA_MARK_1
#define PAGECACHE_TAG_TOWRITE XA_MARK_2

/* Where a walk stands. It stays there when the lock falls, whatever becomes of the node meanwhile. */
struct xa_state {
	struct xarray *xa;
	struct xa_node *xa_node, *xa_alloc;
	unsigned long xa_index;
	unsigned char xa_shift, xa_sibs, xa_offset;
};

#define XAS_BOUNDS ((struct xa_node *)1UL)
#define XAS_RESTART ((struct xa_node *)3UL)
#define XA_ERROR(error) ((struct xa_node *)(((unsigned long)(error) << 2) | 2UL))

/* What of an order goes into whole levels, and what into siblings. */
#define XAS_SHIFT_OF(order) ((order) >= LEAF_SHIFT ? LEAF_SHIFT : 0)
#define XAS_SIBLINGS_OF(order) ((1U << ((order) - XAS_SHIFT_OF(order))) - 1)
#define XA_STATE(name, array, index) struct xa_state name = { \
	.xa = array, .xa_index = index, .xa_shift = 0, .xa_sibs = 0, .xa_offset = 0, \
	.xa_node = XAS_RESTART, .xa_alloc = NULL }
#define XA_STATE_ORDER(name, array, index, order) struct xa_state name = { \
	.xa = array, .xa_index = ((index) >> (order)) << (order), .xa_shift = XAS_SHIFT_OF(order), \
	.xa_sibs = XAS_SIBLINGS_OF(order), .xa_offset = 0, .xa_node = XAS_RESTART, .xa_alloc = NULL }

#define xa_mk_value(value) ((void *)(((unsigned long)(value) << 1) | 1))
#define xa_to_value(entry) ((unsigned long)(entry) >> 1)
#define xa_is_value(entry) ((unsigned long)(entry) & 1)
#define xa_mk_internal(value) ((void *)(((unsigned long)(value) << 2) | 2))
#define xa_to_internal(entry) ((unsigned long)(entry) >> 2)
#define xa_is_internal(entry) (((unsigned long)(entry) & 3) == 2)
#define xa_is_node(entry) is_node(entry)
#define XA_RETRY_ENTRY xa_mk_internal(256)
#define XA_ZERO_ENTRY xa_mk_internal(257)
#define xa_is_retry(entry) ((entry) == XA_RETRY_ENTRY)
#define xa_is_zero(entry) ((entry) == XA_ZERO_ENTRY)
#define xa_is_err(entry) (xa_is_internal(entry) && (unsigned long)(entry) >= (unsigned long)xa_mk_internal(-MAX_ERRNO))
#define xa_err(entry) (xa_is_err(entry) ? (int)((long)(entry) >> 2) : 0)

/* Loops that hold the lock pause often: here, at every second entry. */
#define XA_CHECK_SCHED 2

#define xa_init(array) ((void)((array)->xa_head = NULL))
#define xa_empty(array) ((array)->xa_head == NULL)
#define xa_lock(array) spin_lock(&(array)->xa_lock)
#define xa_unlock(array) spin_unlock(&(array)->xa_lock)
#define xa_trylock(array) spin_trylock(&(array)->xa_lock)
#define xa_lock_irq(array) xa_lock(array)
#define xa_unlock_irq(array) xa_unlock(array)
#define xa_lock_bh(array) xa_lock(array)
#define xa_unlock_bh(array) xa_unlock(array)
#define xa_lock_irqsave(array, flags) spin_lock_irqsave(&(array)->xa_lock, flags)
#define xa_unlock_irqrestore(array, flags) spin_unlock_irqrestore(&(array)->xa_lock, flags)
#define xas_lock(xas) xa_lock((xas)->xa)
#define xas_unlock(xas) xa_unlock((xas)->xa)
#define xas_lock_irq(xas) xa_lock((xas)->xa)
#define xas_unlock_irq(xas) xa_unlock((xas)->xa)
#define xas_lock_irqsave(xas, flags) xa_lock_irqsave((xas)->xa, flags)
#define xas_unlock_irqrestore(xas, flags) xa_unlock_irqrestore((xas)->xa, flags)

#define xas_is_error(node) (((unsigned long)(node) & 3) == 2)
#define xas_error(xas) xa_err((xas)->xa_node)
#define xas_set_err(xas, error) ((void)((xas)->xa_node = XA_ERROR(error)))
#define xas_invalid(xas) (((unsigned long)(xas)->xa_node & 3) != 0)
#define xas_valid(xas) (!xas_invalid(xas))
#define xas_top(node) ((unsigned long)(node) <= (unsigned long)XAS_RESTART)
#define xas_not_node(node) (((unsigned long)(node) & 3) != 0 || !(node))
#define xas_reset(xas) ((void)((xas)->xa_node = XAS_RESTART))
#define xas_set(xas, index) do { (xas)->xa_index = (index); (xas)->xa_node = XAS_RESTART; } while (0)
#define xas_set_order(xas, index, order) do { \
	(xas)->xa_index = ((index) >> (order)) << (order); \
	(xas)->xa_shift = XAS_SHIFT_OF(order); \
	(xas)->xa_sibs = XAS_SIBLINGS_OF(order); \
	(xas)->xa_node = XAS_RESTART; \
} while (0)
#define xas_set_update(xas, function) ((void)0)
#define xas_set_lru(xas, lru) ((void)0)
#define xas_destroy(xas) ((void)((xas)->xa_alloc = NULL))

void *xas_load(struct xa_state *xas);
void *xas_reload(struct xa_state *xas);
void *xas_store(struct xa_state *xas, void *entry);
void *xas_find_conflict(struct xa_state *xas);
void *xas_find(struct xa_state *xas, unsigned long max);
void *xas_find_marked(struct xa_state *xas, unsigned long max, xa_mark_t mark);
bool xas_get_mark(struct xa_state *xas, xa_mark_t mark);
void xas_set_mark(struct xa_state *xas, xa_mark_t mark);
void xas_clear_mark(struct xa_state *xas, xa_mark_t mark);
void xas_init_marks(struct xa_state *xas);
bool xas_nomem(struct xa_state *xas, gfp_t gfp);
void xas_pause(struct xa_state *xas);
bool xas_retry(struct xa_state *xas, void *entry);
int xas_get_order(struct xa_state *xas);
void *xas_descend(struct xa_state *xas, struct xa_node *node);
void *xas_start(struct xa_state *xas);
#define xas_next_entry(xas, max) xas_find(xas, max)
#define xas_next_marked(xas, max, mark) xas_find_marked(xas, max, mark)
#define xas_for_each(xas, entry, max) \
	for (entry = xas_find(xas, max); entry; entry = xas_next_entry(xas, max))
#define xas_for_each_marked(xas, entry, max, mark) \
	for (entry = xas_find_marked(xas, max, mark); entry; entry = xas_next_marked(xas, max, mark))
#define xas_for_each_conflict(xas, entry) while ((entry = xas_find_conflict(xas)))

void *xa_load(struct xarray *array, unsigned long index);
void *xa_store(struct xarray *array, unsigned long index, void *entry, gfp_t gfp);
void *xa_erase(struct xarray *array, unsigned long index);
bool xa_get_mark(struct xarray *array, unsigned long index, xa_mark_t mark);
int xa_get_order(struct xarray *array, unsigned long index);

/* Set by a world: no node can be allocated under the lock, so that every insertion goes through xas_nomem(). */
extern int scarce_memory;

#endif
#endif
