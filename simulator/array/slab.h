/* Where nodes come from. */
#ifndef FAULTLINE_ARRAY_SLAB_H
#define FAULTLINE_ARRAY_SLAB_H

#define ___GFP_ATOMIC 0x20u
#define ___GFP_DIRECT 0x400u
#define __GFP_IO 0x40u
#define __GFP_FS 0x80u
#define __GFP_ZERO 0x100u
#define __GFP_DIRECT_RECLAIM ___GFP_DIRECT
#define __GFP_RECLAIM ___GFP_DIRECT
#define __GFP_KSWAPD_RECLAIM 0x800u
#define __GFP_NOWARN 0x2000u
#define __GFP_HIGH 0x20u
#define __GFP_NOFAIL 0x8000u
#define __GFP_ACCOUNT 0x400000u
#define __GFP_BITS_SHIFT 25
#define GFP_NOWAIT 0x800u
#define GFP_ATOMIC 0x820u
#define GFP_KERNEL (__GFP_DIRECT_RECLAIM | __GFP_IO | __GFP_FS)
#define GFP_NOFS (__GFP_DIRECT_RECLAIM | __GFP_IO)
#define gfpflags_allow_blocking(gfp) (((gfp) & __GFP_DIRECT_RECLAIM) != 0)
#define might_alloc(gfp) do { if (gfpflags_allow_blocking(gfp)) __might_sleep(); } while (0)

struct list_lru;
struct kmem_cache;
extern struct kmem_cache *radix_tree_node_cachep;

void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp);
#define kmem_cache_alloc_lru(cache, lru, gfp) kmem_cache_alloc(cache, gfp)
void kmem_cache_free(struct kmem_cache *cache, void *object);
void radix_tree_node_rcu_free(struct rcu_head *head);

#define list_empty(head) ((head)->next == (head))
#define INIT_LIST_HEAD(head) ((void)((head)->next = (head)->prev = (head)))

#endif
