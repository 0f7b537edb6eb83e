/* Going through a range of a file extent by extent: with an iterator, or (until v5.14) with an actor. */

static u64 reach(const struct iomap *iomap, loff_t pos, u64 length)
{
	u64 left = iomap->offset + iomap->length - pos;

	return left < length ? left : length;
}

u64 iomap_length(const struct iomap_iter *iter)
{
	u64 length = reach(&iter->iomap, iter->pos, iter->len);

	return iter->srcmap.type == IOMAP_HOLE ? length : reach(&iter->srcmap, iter->pos, length);
}

#if __uses(iomap_iter_advance) || __uses(iomap_iter_advance_full)

int iomap_advance(struct iomap_iter *iter, u64 count)
{
	if (WARN_ON_ONCE(count > iomap_length(iter)))
		return -EIO;
	iter->pos += count;
	iter->len -= count;
	return 0;
}

int iomap_advance_and_tell(struct iomap_iter *iter, void *count)
{
	u64 *left = count;
	int error = iomap_advance(iter, *left);

	if (!error)
		*left = iomap_length(iter);
	return error;
}

/* Who has not moved on has done nothing, and would not the next time. */
static int finish_round(struct iomap_iter *iter, const struct iomap_ops *ops)
{
	loff_t advanced = iter->pos - iter->iter_start_pos;
	int status = iter->status, error = 0;

	if (!iter->iomap.length)
		return 1;
	if (ops->iomap_end)
		error = ops->iomap_end(iter->inode, iter->iter_start_pos, reach(&iter->iomap, iter->iter_start_pos, iter->len + advanced),
				       advanced, iter->flags, &iter->iomap);
	if (error < 0 && !advanced)
		return error;
	WARN_ON_ONCE(status > 0);
	iter->status = 0;
	if (status)
		return status < 0 ? status : -EIO;
	return iter->len && advanced ? 1 : 0;
}

#else

/* Ends the extent of the last round. 1: there is more to do, 0: done, or an error. */
static int finish_round(struct iomap_iter *iter, const struct iomap_ops *ops)
{
	s64 processed = iter->processed;
	int error = 0;

	if (!iter->iomap.length)
		return 1;
	if (ops->iomap_end)
		error = ops->iomap_end(iter->inode, iter->pos, iomap_length(iter), processed > 0 ? processed : 0,
				       iter->flags, &iter->iomap);
	if (error < 0 && !processed)
		return error;
	if (processed <= 0)
		return processed;
	WARN_ON_ONCE(processed > iomap_length(iter));
	iter->pos += processed;
	iter->len -= processed;
	return iter->len ? 1 : 0;
}

#endif

/* 1 with the next extent, 0 at the end, or an error. */
int iomap_iter(struct iomap_iter *iter, const struct iomap_ops *ops)
{
	struct iomap none = { 0 };
	int more = finish_round(iter, ops);

	iter->processed = 0;
	iter->iomap = none;
	iter->srcmap = none;
	if (more <= 0)
		return more;
#if __uses(iomap_iter_advance) || __uses(iomap_iter_advance_full)
	iter->iter_start_pos = iter->pos;
#endif
#if __names(srcmap)
	more = ops->iomap_begin(iter->inode, iter->pos, iter->len, iter->flags, &iter->iomap, &iter->srcmap);
#else
	more = ops->iomap_begin(iter->inode, iter->pos, iter->len, iter->flags, &iter->iomap);
#endif
	return more < 0 ? more : 1;
}

/* The actor takes the source of a copy as well from v5.5 on; one that does not never sees it. */
loff_t iomap_apply(struct inode *inode, loff_t pos, loff_t length, unsigned int flags, const struct iomap_ops *ops, void *data,
		   loff_t (*actor)(struct inode *, loff_t, loff_t, void *, struct iomap *, struct iomap *))
{
	struct iomap iomap = { 0 }, srcmap = { 0 };
	loff_t done;
	int error;

#if __names(srcmap)
	error = ops->iomap_begin(inode, pos, length, flags, &iomap, &srcmap);
#else
	error = ops->iomap_begin(inode, pos, length, flags, &iomap);
#endif
	if (error)
		return error;
	length = reach(&iomap, pos, length);
	done = actor(inode, pos, length, data, &iomap, &srcmap);
	if (ops->iomap_end)
		error = ops->iomap_end(inode, pos, length, done > 0 ? done : 0, flags, &iomap);
	return done ? done : error;
}
