/* Guards, since v6.5: what is taken where a variable is declared is given back where its scope ends. */
#ifndef FAULTLINE_GUARD_H
#define FAULTLINE_GUARD_H

#define DECLARE_GUARD(kind, type) \
	typedef struct { type *lock; } class_##kind##_t; \
	class_##kind##_t class_##kind##_constructor(type *lock); \
	void class_##kind##_destructor(class_##kind##_t *guard)

DECLARE_GUARD(spinlock, spinlock_t);
DECLARE_GUARD(spinlock_irq, spinlock_t);
DECLARE_GUARD(spinlock_bh, spinlock_t);
DECLARE_GUARD(spinlock_irqsave, spinlock_t);
DECLARE_GUARD(mutex, struct mutex);
DECLARE_GUARD(rwsem_read, struct rw_semaphore);
DECLARE_GUARD(rwsem_write, struct rw_semaphore);

/* It has no lock that could be handed to it. */
typedef struct { void *lock; } class_rcu_t;
class_rcu_t class_rcu_constructor(void);
void class_rcu_destructor(class_rcu_t *guard);

#endif
