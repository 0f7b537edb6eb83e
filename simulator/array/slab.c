/* Nodes come zeroed, with an empty list in them, and go for good: nobody gets their memory again. */

struct kmem_cache *radix_tree_node_cachep;
int scarce_memory;
int nodes_in_use;

atomic void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp)
{
	struct xa_node *node;

	if (gfpflags_allow_blocking(gfp))
		__might_sleep();
	else if (scarce_memory)
		return NULL;
	node = __alloc(sizeof(struct xa_node));
	INIT_LIST_HEAD(&node->private_list);
	nodes_in_use++;
	return node;
}

atomic void kmem_cache_free(struct kmem_cache *cache, void *object)
{
	nodes_in_use--;
	__free(object);
}

/* In the kernel it stands in lib/radix-tree.c. */
otherwise void radix_tree_node_rcu_free(struct rcu_head *head)
{
	kmem_cache_free(radix_tree_node_cachep, container_of(head, struct xa_node, rcu_head));
}
