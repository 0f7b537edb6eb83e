/* Each guard takes its lock as the call of that name does, and gives it back so. */

#define DEFINE_GUARD_OF(kind, type, take, give) \
	class_##kind##_t class_##kind##_constructor(type *lock) \
	{ \
		class_##kind##_t guard = { lock }; \
		take(lock); \
		return guard; \
	} \
	void class_##kind##_destructor(class_##kind##_t *guard) \
	{ \
		give(guard->lock); \
	}

DEFINE_GUARD_OF(spinlock, spinlock_t, spin_lock, spin_unlock)
DEFINE_GUARD_OF(spinlock_irq, spinlock_t, spin_lock, spin_unlock)
DEFINE_GUARD_OF(spinlock_bh, spinlock_t, spin_lock, spin_unlock)
DEFINE_GUARD_OF(spinlock_irqsave, spinlock_t, spin_lock, spin_unlock)
DEFINE_GUARD_OF(mutex, struct mutex, mutex_lock, mutex_unlock)
DEFINE_GUARD_OF(rwsem_read, struct rw_semaphore, down_read, up_read)
DEFINE_GUARD_OF(rwsem_write, struct rw_semaphore, down_write, up_write)

class_rcu_t class_rcu_constructor(void)
{
	class_rcu_t guard = { NULL };

	rcu_read_lock();
	return guard;
}

void class_rcu_destructor(class_rcu_t *guard)
{
	rcu_read_unlock();
}
