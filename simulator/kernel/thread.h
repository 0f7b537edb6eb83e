/*
 * What each thread has for itself. Said with THIS_THREAD and ANY_THREAD, threads that do the same are known to
 * be alike; an index would tell them apart.
 */
#ifndef FAULTLINE_THREAD_H
#define FAULTLINE_THREAD_H

/* Whole chunks of 64 bytes: threads that share one are told apart. */
struct world_thread {
	struct task_struct task;
	int rcu_nesting;
	/* Preemption that radix_tree_preload() switched off; held like a spinlock. */
	int preload_section;
	/* It invalidates: it may remove what is clean and nothing else. */
	int only_clean;
	/* What it waits for in a wait that a callback of the filesystem makes. */
	struct page *awaited_page;
	/* Its walk through the mappings of a file: where it is, and how often the tree had changed when it began. */
	struct rb_root *walked;
	struct vm_area_struct *reached;
	int changes_seen;
	char rest[52];
};

extern struct world_thread world_threads[MONITOR + 1];

/* The running thread's own, and whether an int of anybody's is not 0. */
#define THIS_THREAD ((struct world_thread *)__own(world_threads, sizeof(struct world_thread)))
#define ANY_THREAD(member) __any(&world_threads[0].member, sizeof(struct world_thread))
#define current (&THIS_THREAD->task)

#endif
