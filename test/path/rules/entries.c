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
