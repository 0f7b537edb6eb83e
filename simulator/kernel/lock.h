/* Locks. A zeroed lock is free. The numbers of the kinds are known to the machine (simulator/vm/lock.ts). */
#ifndef FAULTLINE_LOCK_H
#define FAULTLINE_LOCK_H

#define LOCK_OTHER 0
#define LOCK_SPIN 1
#define LOCK_MUTEX 2
#define LOCK_RWSEM 3
#define LOCK_PAGE 4
#define LOCK_RCU 5
#define LOCK_ENTRY 6
#define LOCK_SRCU 7

#define READ_LOCK 1
#define WRITE_LOCK 2

typedef struct spinlock {
	int locked;
} spinlock_t;
typedef spinlock_t raw_spinlock_t;

struct mutex {
	int locked;
};

/* count: 0 free, -1 held for writing, otherwise the number of readers. written: somebody asked for writing. */
struct rw_semaphore {
	int count;
	int written;
};

void spin_lock(spinlock_t *lock);
int spin_trylock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
#define spin_lock_init(lock) ((lock)->locked = 0)
#define spin_lock_irq(lock) spin_lock(lock)
#define spin_unlock_irq(lock) spin_unlock(lock)
#define spin_lock_bh(lock) spin_lock(lock)
#define spin_unlock_bh(lock) spin_unlock(lock)
#define spin_lock_nested(lock, subclass) spin_lock(lock)
#define spin_lock_irqsave(lock, flags) do { (flags) = 0; spin_lock(lock); } while (0)
#define spin_unlock_irqrestore(lock, flags) do { (void)(flags); spin_unlock(lock); } while (0)
#define spin_is_locked(lock) ((lock)->locked != 0)
#define assert_spin_locked(lock) lockdep_assert_held(lock)
#define DEFINE_SPINLOCK(name) spinlock_t name

void mutex_lock(struct mutex *lock);
int mutex_trylock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
#define mutex_init(lock) ((lock)->locked = 0)
#define DEFINE_MUTEX(name) struct mutex name

void down_read(struct rw_semaphore *lock);
void down_write(struct rw_semaphore *lock);
int down_read_trylock(struct rw_semaphore *lock);
int down_write_trylock(struct rw_semaphore *lock);
void up_read(struct rw_semaphore *lock);
void up_write(struct rw_semaphore *lock);
void downgrade_write(struct rw_semaphore *lock);
#define init_rwsem(lock) ((lock)->count = (lock)->written = 0)

#define lockdep_assert_held(lock) \
	__assert(__holds(lock) != 0, "locking-assumption", "a lock is taken for granted that is not held")
#define lockdep_assert_held_write(lock) \
	__assert(__holds(lock) == WRITE_LOCK, "locking-assumption", "a lock is taken for granted that is not held for writing")
#define lockdep_assert_held_exclusive(lock) lockdep_assert_held_write(lock)
#define lockdep_assert_held_read(lock) lockdep_assert_held(lock)
#define lockdep_is_held(lock) (__holds(lock) != 0)
#define lockdep_assert(condition) WARN_ON_ONCE(!(condition))

void rcu_read_lock(void);
void rcu_read_unlock(void);
void synchronize_rcu(void);
int rcu_somebody_reads(void);

#endif
