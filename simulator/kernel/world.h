/* The one file of the world and who uses it; known to roles and checks. */
#ifndef FAULTLINE_WORLD_H
#define FAULTLINE_WORLD_H

extern struct file world_of_files[2];
/* Threads inside a role that holds a reference to the file. */
extern int file_users;
extern int inode_evicted;
extern int processes;
extern int removed_in_part;
#define dax_page_is_idle(page) ((page) && page_ref_count(page) == IDLE_REFERENCES)
#define ___wait_var_event(var, condition, state, exclusive, ret, command) \
	({ while (!(condition)) { THIS_THREAD->awaited_page = (var); command; THIS_THREAD->awaited_page = NULL; } 0L; })
bool use_file(void);
void leave_file(void);
int write_back(struct address_space *mapping, loff_t start, loff_t end);
void truncate_page(struct address_space *mapping, pgoff_t index, struct page *entry);
int enter_by_block(struct vm_fault *vmf);
int enter_pmd_by_block(struct vm_fault *vmf);
int fault_by_block(struct vm_fault *vmf, int huge);
void check_process_by_blocks(int process);
int fault_at(int process, unsigned long index, int write, int huge);
/* Flushes of what was stored through mappings: flush.c. */
extern int counts_flushes;
extern int waits_for_flush[2 * WORLD_PAGES];
void check_locked_page(struct page *page);
void check_locked_index(unsigned long index, struct page *page);

#endif
