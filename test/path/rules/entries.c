/* What IS_ROOT() says is known without its header: the entry stands above itself. */
int unhangs(struct dentry *dentry)
{
	struct dentry *parent = dentry->d_parent;
	int error;

	if (!IS_ROOT(dentry))
		spin_lock(&parent->d_lock);
	spin_lock(&dentry->d_lock);
	error = unhang(dentry) ? -EBUSY : 0;
	spin_unlock(&dentry->d_lock);
	if (dentry != parent)
		spin_unlock(&parent->d_lock);
	return error;
}

/* A look at the other parent says nothing of this one. */
int unhangs_from(struct dentry *dentry, struct dentry *other)
{
	struct dentry *parent = dentry_above(dentry);

	if (!IS_ROOT(dentry))
		spin_lock(&parent->d_lock);
	if (dentry_is_busy(dentry))
		return -EBUSY;
	if (other != parent)
		spin_unlock(&parent->d_lock);
	return 0;
}

/* What the path had, and finds in its place, is kept by who is handed it under the lock. */
int gathers(struct xarray *tree, struct xa_state *cursor, unsigned long index, struct list *list)
{
	struct folio *folio = folio_at(index);

	spin_lock(&tree->xa_lock);
	if (folio != xa_load(tree, index)) {
		spin_unlock(&tree->xa_lock);
		return -EAGAIN;
	}
	list_gather(&folio->lru, list);
	spin_unlock(&tree->xa_lock);
	spin_lock(&tree->xa_lock);
	xas_store(cursor, 0);
	spin_unlock(&tree->xa_lock);
	return 0;
}

/* Another one is handed on. */
int gathers_another(struct xarray *tree, struct xa_state *cursor, unsigned long index, struct list *list)
{
	struct folio *folio = folio_at(index);
	struct folio *other = folio_at(index + 1);

	spin_lock(&tree->xa_lock);
	if (folio != xa_load(tree, index)) {
		spin_unlock(&tree->xa_lock);
		return -EAGAIN;
	}
	list_gather(&other->lru, list);
	spin_unlock(&tree->xa_lock);
	spin_lock(&tree->xa_lock);
	xas_store(cursor, 0);
	spin_unlock(&tree->xa_lock);
	return 0;
}
