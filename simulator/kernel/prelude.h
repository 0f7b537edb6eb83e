/*
 * Read before every unit, the reviewed file included, in place of the headers that it names. Types, macros
 * and prototypes; the functions are in the .c files beside this one.
 */
#ifndef FAULTLINE_PRELUDE_H
#define FAULTLINE_PRELUDE_H

/* The page cache itself is under review. */
#if __has_function(filemap_nopage) || __has_function(filemap_fault)
#define CACHE_WORLD 1
#else
#define CACHE_WORLD 0
#endif

#include "types.h"
#include "scale.h"
#include "compiler.h"
#include "lock.h"
#include "guard.h"
#include "atomic.h"
#include "wait.h"
#include "thread.h"
#include "tree.h"
#include "xarray.h"
#include "radix-tree.h"
#include "entry.h"
#include "patched.h"
#include "mm.h"
#include "fs.h"
#include "iomap.h"
#include "buffer.h"
#include "vma-tree.h"
#if CACHE_WORLD
#include "cache.h"
#else
#include "fault-path.h"
#endif
#include "string.h"
#include "role/role.h"
#include "world.h"

/* Called in fs/dax.c before it is defined there; declared in a header of its era. */
#if __arity(dax_wake_mapping_entry_waiter) == 4
void dax_wake_mapping_entry_waiter(struct address_space *mapping, pgoff_t index, void *entry, bool wake_all);
#endif
#if __has_function(dax_delete_mapping_entry)
int dax_delete_mapping_entry(struct address_space *mapping, pgoff_t index);
#endif
#if __has_function(dax_break_layout_final)
void dax_break_layout_final(struct inode *inode);
#endif
#if __has_function(dax_invalidate_mapping_entry_sync)
int dax_invalidate_mapping_entry_sync(struct address_space *mapping, pgoff_t index);
#endif

#endif
