/*
 * The DAX device: byte address n is byte n of page frame n >> PAGE_SHIFT, everything up to its end is
 * contiguous, and nothing is ever poisoned.
 */
struct dax_device world_dax_device;
struct request_queue world_queue;
struct gendisk world_disk;
struct block_device world_block_device = { .bd_queue = &world_queue, .bd_disk = &world_disk };

/* Who reads delays only who takes the device away, which nobody here does: that everybody ends it is looked at. */
fused int dax_read_lock(void)
{
	__acquired(&world_dax_device, LOCK_SRCU, READ_LOCK);
	return 0;
}

fused void dax_read_unlock(int id)
{
	__released(&world_dax_device, LOCK_SRCU, READ_LOCK);
}

static void *kernel_address(unsigned long pfn)
{
	return (void *)(DEVICE_MEMORY + (pfn << PAGE_SHIFT));
}

long dax_direct_access(struct dax_device *device, pgoff_t pgoff, long pages, void **address, pfn_t *pfn)
{
	if (address)
		*address = kernel_address(pgoff);
	if (pfn)
		*pfn = pgoff;
	return pages;
}

long dax_direct_access(struct dax_device *device, pgoff_t pgoff, long pages, enum dax_access_mode mode, void **address, pfn_t *pfn)
{
	return dax_direct_access(device, pgoff, pages, address, pfn);
}

int bdev_dax_pgoff(struct block_device *device, sector_t sector, size_t size, pgoff_t *pgoff)
{
	*pgoff = sector >> (PAGE_SHIFT - SECTOR_SHIFT);
	return 0;
}

/* The call of v4.10 and v4.11: how many bytes from there on are contiguous. It may sleep. */
long bdev_direct_access(struct block_device *device, struct blk_dax_ctl *access)
{
	__might_sleep();
	access->pfn = access->sector >> (PAGE_SHIFT - SECTOR_SHIFT);
	access->addr = kernel_address(access->pfn);
	return access->size;
}

static size_t consume(size_t bytes, struct iov_iter *iter)
{
	if (bytes > iter->count)
		bytes = iter->count;
	iter->count -= bytes;
	return bytes;
}

size_t iov_iter_zero(size_t bytes, struct iov_iter *iter)
{
	return consume(bytes, iter);
}

size_t dax_copy_from_iter(struct dax_device *device, pgoff_t pgoff, void *address, size_t bytes, struct iov_iter *iter)
{
	return consume(bytes, iter);
}

size_t dax_copy_to_iter(struct dax_device *device, pgoff_t pgoff, void *address, size_t bytes, struct iov_iter *iter)
{
	return consume(bytes, iter);
}

size_t dax_recovery_write(struct dax_device *device, pgoff_t pgoff, void *address, size_t bytes, struct iov_iter *iter)
{
	return consume(bytes, iter);
}

size_t copy_from_iter_pmem(void *address, size_t bytes, struct iov_iter *iter)
{
	return consume(bytes, iter);
}

size_t copy_to_iter(void *address, size_t bytes, struct iov_iter *iter)
{
	return consume(bytes, iter);
}
