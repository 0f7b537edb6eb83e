/*
 * A process goes on to see zeroes where write() has put data
 *
 * Id:          dax-write-unmaps-hole
 * Rule:        stale-block-mapping
 * Seen:        -
 * Advice:      invalidate the range when the block is new, before the data is written
 * Era:         xarray
 *
 * Guards a rule of the protocol: write() brings a block to a hole without a fault,
 * and holds no lock that keeps faults away. It has to take away the zero page and
 * its entry, so that the mapping comes back with the block:
 *
 *   PTE read fault                       write()
 *   --------------                       -------
 *   maps the zero page
 *                                        allocates a block, copies the data
 *   still has the zero page
 */

/* @start */
void start(void)
{
	world_file(1);
	world_hole(0, 1);
}

/* @thread PTE read fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 0);
}

/* @thread write() to index 0 */
void second(void)
{
	write_file(0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

#ifdef BROKEN
static loff_t dax_iomap_iter(const struct iomap_iter *iomi,
		struct iov_iter *iter)
{
	const struct iomap *iomap = &iomi->iomap;
	struct dax_device *dax_dev = iomap->dax_dev;
	bool write = iov_iter_rw(iter) == WRITE;
	loff_t pos = iomi->pos, done = 0;
	loff_t end = pos + iomap_length(iomi);
	ssize_t map_len, xfer = 0;
	void *kaddr;
	int id;

	if (!write) {
		end = min(end, i_size_read(iomi->inode));
		if (pos >= end)
			return 0;
		if (iomap->type == IOMAP_HOLE || iomap->type == IOMAP_UNWRITTEN)
			return iov_iter_zero(end - pos, iter);
	}
	if (WARN_ON_ONCE(iomap->type != IOMAP_MAPPED))
		return -EIO;

	id = dax_read_lock();
	while (pos < end) {
		pgoff_t pgoff = dax_iomap_pgoff(iomap, pos);
		unsigned int offset = offset_in_page(pos);

		map_len = dax_direct_access(dax_dev, pgoff,
				PHYS_PFN(ALIGN(end - pos + offset, PAGE_SIZE)),
				DAX_ACCESS, &kaddr, NULL);
		if (map_len < 0) {
			xfer = map_len;
			break;
		}
		map_len = min_t(loff_t, PFN_PHYS(map_len) - offset, end - pos);
		if (write)
			xfer = dax_copy_from_iter(dax_dev, pgoff,
					kaddr + offset, map_len, iter);
		else
			xfer = dax_copy_to_iter(dax_dev, pgoff,
					kaddr + offset, map_len, iter);
		pos += xfer;
		done += xfer;
		if (xfer < map_len)
			break;
	}
	dax_read_unlock(id);
	return done ? done : xfer;
}
#endif
