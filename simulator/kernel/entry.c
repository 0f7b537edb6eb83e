/*
 * The judge of entries: what no store into a DAX file's tree may do, whichever race it is part of. An entry
 * is at the same time a lock, so a store either takes it, gives it back, changes what its owner may change,
 * creates an empty one, or removes one that nobody else owns.
 */
int entry_lock[WORLD_PAGES];

#if !RADIX_ERA && __has_function(dax_is_locked) && __has_function(dax_is_pmd_entry)
bool dax_is_locked(void *entry);
unsigned long dax_is_pmd_entry(void *entry);

#if __has_function(dax_busy_page) && __has_function(dax_to_pfn)
struct page *dax_busy_page(void *entry);

/* A page of the file that nobody uses must not be busy to who waits for that. */
static void idle_is_as_known(void)
{
	void *entry = (void *)((BLOCK_PFN << 5) | 1);

	__assert(dax_to_pfn(entry) != BLOCK_PFN || !dax_busy_page(entry), "assertion",
		"idle pages of a file are counted otherwise than the model counts them");
}
#else
static void idle_is_as_known(void)
{
}
#endif

/* Part of every set-up: by bits that mean something else nothing can be judged. */
void entries_are_as_known(void)
{
	void *locked = (void *)(1 | ENTRY_LOCK), *huge = (void *)(1 | ENTRY_PMD);

	__assert(dax_is_locked(locked) && !dax_is_locked(huge) && dax_is_pmd_entry(huge) && !dax_is_pmd_entry(locked),
		"assertion", "the bits of an entry mean something else than the model knows");
	idle_is_as_known();
}
#else
void entries_are_as_known(void)
{
}
#endif

static int *lock_at(struct xa_node *node, unsigned int offset)
{
	return &entry_lock[tree_index(node, offset)];
}

/* Other live entries in the range that are not the one at `offset`. */
static bool covers_others(struct xa_node *node, unsigned int offset, unsigned int slots)
{
	unsigned int n;

	for (n = 0; node && n < slots; n++) {
		void *there = node->slots[offset + n];

		if (is_node(there) || (n && there && there != sibling_of(offset)))
			return true;
	}
	return false;
}

static void judge_shape(struct xa_node *node, unsigned int offset, unsigned int slots, void *old, void *entry)
{
	unsigned int order = tree_order(node, offset), stored = node ? node->shift : 0;
	bool has_block = !entry_has(entry, ENTRY_EMPTY | ENTRY_ZERO);

	while (slots > 1) {
		stored++;
		slots >>= 1;
	}
	if (old && order > stored)
		stored = order;
	__assert(stored == (entry_has(entry, ENTRY_PMD) ? PMD_ORDER : 0), "wrong-entry",
		"an entry says another size than it covers in the tree");
	__assert(!has_block || (entry_pfn(entry) >= BLOCK_PFN && entry_pfn(entry) < FREE_PFN), "wrong-entry",
		"an entry names a page frame that is no block of the file");
}

static void judge_removal(struct xarray *tree, struct xa_node *node, unsigned int offset, int *lock, void *old)
{
	__assert(!THIS_THREAD->only_clean || !tree_get_mark(tree, node, offset, PAGECACHE_TAG_DIRTY), "lost-entry",
		"an invalidation removes an entry that is dirty");
	if (!entry_has(old, ENTRY_LOCK))
		return;
	__assert(__holds(lock), "lost-entry", "an entry is removed that another thread holds locked");
	__released(lock, LOCK_ENTRY, WRITE_LOCK);
}

static void judge_creation(int *lock, void *entry)
{
	__assert(entry_has(entry, ENTRY_LOCK), "lost-entry", "an entry is unlocked that is no longer in the tree");
	__acquired(lock, LOCK_ENTRY, WRITE_LOCK);
}

static void judge_locking(int *lock, void *old, void *entry)
{
	__assert(entry_without_lock(entry) == (unsigned long)old, "lost-entry",
		"an entry that nobody holds is overwritten");
	if (entry_has(entry, ENTRY_LOCK))
		__acquired(lock, LOCK_ENTRY, WRITE_LOCK);
}

/* Over a locked entry: its owner may do what it likes while it keeps the lock, and gives back what it had. */
static void judge_owned(int *lock, void *old, void *entry)
{
	bool mine = __holds(lock) != 0;

	if (entry_has(entry, ENTRY_LOCK)) {
		__assert(mine || entry != old, "unlocked-entry-path", "an entry is locked that another thread holds");
		__assert(mine, "lost-entry", "an entry is overwritten that another thread holds locked");
		return;
	}
	__assert(entry_without_lock(old) == (unsigned long)entry, "wrong-entry",
		"another entry is stored at unlock than was locked");
	__assert(mine, "wrong-unlock", "an entry is unlocked that another thread holds");
	__released(lock, LOCK_ENTRY, WRITE_LOCK);
}

/* What a trace says of an entry: 0 nothing, 1 a page or a node, otherwise its bits and page frame. */
static unsigned long told(void *entry)
{
	if (!entry || !is_dax_entry(entry))
		return entry != NULL;
	return 1 | 2 | (entry_has(entry, ENTRY_LOCK) ? 4 : 0) | (entry_has(entry, ENTRY_PMD) ? 8 : 0) |
		(entry_has(entry, ENTRY_ZERO) ? 16 : 0) | (entry_has(entry, ENTRY_EMPTY) ? 32 : 0) |
		(entry_pfn(entry) << 6);
}

/* Called before the store, under the tree's lock. */
void judge_store(struct xarray *tree, struct xa_node *node, unsigned int offset, unsigned int slots, void *entry)
{
	unsigned int at = node ? tree_canonical(node, offset) : 0;
	void *old = node ? node->slots[at] : tree->xa_head;
	int *lock = lock_at(node, at);

	__event("store", tree, tree_index(node, at), tree_order(node, at), told(old), told(entry));
	if (!ENTRY_IS_LOCK || !the_mapping || tree != &the_mapping->i_pages)
		return;
	__assert(!covers_others(node, at, slots), "lost-entry", "a store overwrites smaller entries in its range");
	if (entry && is_dax_entry(entry))
		judge_shape(node, at, slots, old, entry);
	if (old && !is_dax_entry(old))
		old = NULL;
	if (entry && !is_dax_entry(entry))
		entry = NULL;
	if (!entry && old)
		judge_removal(tree, node, at, lock, old);
	else if (entry && !old)
		judge_creation(lock, entry);
	else if (entry && entry_has(old, ENTRY_LOCK))
		judge_owned(lock, old, entry);
	else if (entry)
		judge_locking(lock, old, entry);
}
