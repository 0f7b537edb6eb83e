/* The locks that the small programs of these tests take: each as simple as what it stands for allows. */
#define SPIN 1
#define MUTEX 2
#define RWSEM 3
#define PAGE 4
#define RCU 5
#define READ 1
#define WRITE 2
#define NULL ((void *)0)

atomic void spin_lock(int *lock)
{
	__acquiring(lock, SPIN, WRITE);
	__await_eq(lock, 0);
	*lock = 1;
	__acquired(lock, SPIN, WRITE);
}

atomic int spin_trylock(int *lock)
{
	if (*lock)
		return 0;
	*lock = 1;
	__acquired(lock, SPIN, WRITE);
	return 1;
}

fused void spin_unlock(int *lock)
{
	__released(lock, SPIN, WRITE);
	*lock = 0;
}

atomic void mutex_lock(int *lock)
{
	__acquiring(lock, MUTEX, WRITE);
	__await_eq(lock, 0);
	*lock = 1;
	__acquired(lock, MUTEX, WRITE);
}

fused void mutex_unlock(int *lock)
{
	__released(lock, MUTEX, WRITE);
	*lock = 0;
}

/* 0 free, -1 held for writing, otherwise the number of readers. */
atomic void down_read(int *lock)
{
	__acquiring(lock, RWSEM, READ);
	__await_ge(lock, 0);
	*lock = *lock + 1;
	__acquired(lock, RWSEM, READ);
}

fused void up_read(int *lock)
{
	__released(lock, RWSEM, READ);
	*lock = *lock - 1;
}

atomic void down_write(int *lock)
{
	__acquiring(lock, RWSEM, WRITE);
	__await_eq(lock, 0);
	*lock = -1;
	__acquired(lock, RWSEM, WRITE);
}

fused void up_write(int *lock)
{
	__released(lock, RWSEM, WRITE);
	*lock = 0;
}

atomic void lock_page(int *lock)
{
	__acquiring(lock, PAGE, WRITE);
	__await_eq(lock, 0);
	*lock = 1;
	__acquired(lock, PAGE, WRITE);
}

fused void unlock_page(int *lock)
{
	__released(lock, PAGE, WRITE);
	*lock = 0;
}

int reading[9];

atomic void rcu_read_lock(void)
{
	reading[__self()]++;
	__acquired(&reading[__self()], RCU, READ);
}

fused void rcu_read_unlock(void)
{
	__released(&reading[__self()], RCU, READ);
	reading[__self()]--;
}

/* Waits for the readers of threads 0 and 1. */
void synchronize_rcu(void)
{
	__might_sleep();
	__await_eq(&reading[0], 0);
	__await_eq(&reading[1], 0);
}
