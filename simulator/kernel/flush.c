/*
 * Whether what was stored through a mapping has left the processor's caches. As long as a page can be written to,
 * somebody may do so without being seen; when the permission goes, what was written waits for a flush. It is counted
 * only where a scenario asks.
 */
int counts_flushes;
/* By frame of the device. */
int waits_for_flush[2 * WORLD_PAGES];

/* Pages that could be written to, and cannot be any more by what was there. */
atomic void end_stores(unsigned long pfn, unsigned long pages)
{
	unsigned long n;

	if (!counts_flushes)
		return;
	for (n = 0; n < pages; n++)
		if (pfn + n >= BLOCK_PFN && pfn + n < FREE_PFN)
			waits_for_flush[pfn + n - BLOCK_PFN] = 1;
}

static atomic void flush(unsigned long address, unsigned long size)
{
	unsigned long pfn = (address - DEVICE_MEMORY) >> PAGE_SHIFT;
	unsigned long end = (address + size - DEVICE_MEMORY) >> PAGE_SHIFT;

	if (!counts_flushes)
		return;
	for (; pfn < end; pfn++)
		if (pfn >= BLOCK_PFN && pfn < FREE_PFN)
			waits_for_flush[pfn - BLOCK_PFN] = 0;
}

void dax_flush(struct dax_device *device, void *address, size_t size)
{
	flush((unsigned long)address, size);
}

void dax_flush(struct dax_device *device, pgoff_t pgoff, void *address, size_t size)
{
	flush((unsigned long)address, size);
}

void wb_cache_pmem(void *address, size_t size)
{
	flush((unsigned long)address, size);
}
