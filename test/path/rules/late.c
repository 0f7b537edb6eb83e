/* Somebody else was first, which is as good. */
int inserts_or_is_late(struct tree *tree, unsigned long index, void *item)
{
	void *old;
	int err;

	spin_lock(&tree->lock);
	old = radix_tree_lookup(&tree->root, index);
	spin_unlock(&tree->lock);
	if (old)
		return 0;
	prepare(item);
	spin_lock(&tree->lock);
	err = radix_tree_insert(&tree->root, index, item);
	spin_unlock(&tree->lock);
	if (err == -EEXIST)
		err = 0;
	return err == 0 ? 0 : -EEXIST == err;
}

/* Who has got memory for another try begins anew. */
void puts_several(struct tree *tree, void *item, int count)
{
	XA_STATE(xas, &tree->xa, 0);
	int i;

	do {
		xas_lock_irq(&xas);
		for (i = 0; i < count; i++) {
			xas_store(&xas, item);
			xas_next(&xas);
		}
		xas_unlock_irq(&xas);
	} while (xas_nomem(&xas, GFP_KERNEL));
}

void puts_until_full(struct tree *tree, void *item, int count)
{
	XA_STATE(xas, &tree->xa, 0);
	int i;

	do {
		xas_lock_irq(&xas);
		for (i = 0; i < count; i++) {
			xas_store(&xas, item);
			xas_next(&xas);
		}
		xas_unlock_irq(&xas);
	} while (has_room(tree));
}
