/* Who reads without a lock, and what is freed when nobody can see it any more. */
#ifndef FAULTLINE_ARRAY_READER_H
#define FAULTLINE_ARRAY_READER_H

/* Whole chunks of 64 bytes: threads that share one are told apart. */
struct world_thread {
	int rcu_nesting;
	int locks_held;
	/* What it handed to call_rcu() since it took the lock that it holds. */
	int retired_under_lock;
	char rest[52];
};

extern struct world_thread world_threads[MONITOR + 1];

#define THIS_THREAD ((struct world_thread *)__own(world_threads, sizeof(struct world_thread)))

typedef void (*rcu_callback_t)(struct rcu_head *head);
void end_of_lock(void);
void call_rcu(struct rcu_head *head, rcu_callback_t function);

#define rcu_dereference_check(pointer, held) ({ \
	__assert((held) || THIS_THREAD->rcu_nesting || __alone(), "locking-assumption", \
		"a slot is read outside of the lock and of an RCU section"); \
	READ_ONCE(pointer); })
#define rcu_dereference_protected(pointer, held) ({ \
	__assert((held) || __alone(), "locking-assumption", "a slot is read as if the lock were held"); \
	(pointer); })
#define rcu_dereference_raw(pointer) READ_ONCE(pointer)
#define rcu_dereference(pointer) rcu_dereference_check(pointer, 0)
#define rcu_access_pointer(pointer) READ_ONCE(pointer)
#define rcu_assign_pointer(pointer, value) WRITE_ONCE(pointer, value)
#define RCU_INIT_POINTER(pointer, value) WRITE_ONCE(pointer, value)

#endif
