/* The array that threads share, what they put into it, and what they saw of it. */
/* None of these is the kernel's (../kernel/own.h). */
#pragma own the_array nodes_in_use ITEM NEW_ITEM ITEM_MARK BITS_BELOW end_of_lock locks_held retired_under_lock
#pragma own world_array world_array_that_allocates world_scarce_nodes put_item put_new_item put_large_item take_item_out
#pragma own mark_item look_item_up insert_item exchange_item allocate_item allocate_item_in_circle walk_items walk_marked_items
#pragma own walk_items_by_index walk_items_pausing walk_items_pausing_from item_held_when walk_neighbours walk_neighbours_back split_item put_range put_item_for_range check_array
#ifndef FAULTLINE_ARRAY_H
#define FAULTLINE_ARRAY_H

extern struct xarray the_array;
/* Set by a world: whoever may not sleep gets no node, so that every insertion falls back on xas_nomem(). */
extern int scarce_memory;
extern int nodes_in_use;

/* What stands at an index, told by its number. */
#define ITEM(index) xa_mk_value((index) & LONG_MAX)
#define NEW_ITEM(index) xa_mk_value(((index) & 0xffff) + 0x10000)

#define ITEM_MARK XA_MARK_1

void world_array(void);
void world_array_that_allocates(void);
void world_scarce_nodes(void);
void put_item(unsigned long index);
void put_new_item(unsigned long index);
void put_large_item(unsigned long index, unsigned int order);
void take_item_out(unsigned long index);
void mark_item(unsigned long index);
void *look_item_up(unsigned long index);
void split_item(unsigned long index, unsigned int order);
void put_range(unsigned long index, unsigned int order);
void put_item_for_range(unsigned long first, unsigned long last);
int insert_item(unsigned long index);
void *exchange_item(unsigned long index, void *old, void *entry);
int allocate_item(unsigned int *index);
int allocate_item_in_circle(unsigned int *index, unsigned int last, unsigned int *next);
unsigned long walk_items(unsigned long last);
unsigned long walk_marked_items(unsigned long last);
unsigned long walk_items_by_index(unsigned long last);
unsigned long walk_neighbours(unsigned long index);
unsigned long walk_neighbours_back(unsigned long index);
int item_held_when(unsigned long index, const int *gone);
unsigned long walk_items_pausing(unsigned long last);
unsigned long walk_items_pausing_from(unsigned long first, unsigned long last);
void check_array(void);

#endif
