/* A method may have unlocked the page of the caller's; then it is locked again. */
int writes_a_page(struct mapping *mapping, struct page *page, int mode)
{
	int error = mapping->ops->write(page);

	if (error != WRITE_KEEPS_IT)
		lock_page(page);
	if (mode == 2)
		return -EAGAIN;
	unlock_page(page);
	return error;
}

/* Nobody else had to do with the page. */
int locks_a_page(struct mapping *mapping, struct page *page, int mode)
{
	int error = mapping->ops->write(mapping);

	if (error != WRITE_KEEPS_IT)
		lock_page(page);
	if (mode == 2)
		return -EAGAIN;
	unlock_page(page);
	return error;
}
