/* Tasks and wait queues, under the names of both eras (wait_queue_t until v4.12, wait_queue_entry_t after). */
#ifndef FAULTLINE_WAIT_H
#define FAULTLINE_WAIT_H

#define TASK_RUNNING 0
#define TASK_INTERRUPTIBLE 1
#define TASK_UNINTERRUPTIBLE 2
#define TASK_NORMAL 3
#define TASK_KILLABLE 0x102
#define WQ_FLAG_EXCLUSIVE 1

struct mm_struct;

/* sleeping: the next schedule() waits until somebody clears it. */
struct task_struct {
	int sleeping;
	struct mm_struct *mm;
	char comm[16];
};

#define fatal_signal_pending(task) 0
#define signal_pending(task) 0
#define __set_current_state(state) ((void)(current->sleeping = (state) != TASK_RUNNING))
#define set_current_state(state) __set_current_state(state)

struct wait_queue_entry;
typedef int (*wait_queue_func_t)(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key);

/* Queued when entry.prev is set; the list ends with NULL, so that a zeroed queue is an empty one. */
struct wait_queue_entry {
	unsigned int flags;
	void *private;
	wait_queue_func_t func;
	union {
		struct list_head entry;
		struct list_head task_list;
	};
};
typedef struct wait_queue_entry wait_queue_entry_t;
typedef struct wait_queue_entry wait_queue_t;

struct wait_queue_head {
	spinlock_t lock;
	union {
		struct list_head head;
		struct list_head task_list;
	};
};
typedef struct wait_queue_head wait_queue_head_t;

#define init_waitqueue_head(queue) do { (queue)->head.next = NULL; } while (0)
#define DECLARE_WAIT_QUEUE_HEAD(name) wait_queue_head_t name
#define DEFINE_WAIT_FUNC(name, function) wait_queue_entry_t name = { .private = current, .func = function }
#define DEFINE_WAIT(name) DEFINE_WAIT_FUNC(name, autoremove_wake_function)
#define DECLARE_WAITQUEUE(name, task) wait_queue_entry_t name = { .private = task, .func = default_wake_function }

void init_wait(wait_queue_entry_t *wait);
void prepare_to_wait(wait_queue_head_t *queue, wait_queue_entry_t *wait, int state);
void prepare_to_wait_exclusive(wait_queue_head_t *queue, wait_queue_entry_t *wait, int state);
void finish_wait(wait_queue_head_t *queue, wait_queue_entry_t *wait);
void add_wait_queue(wait_queue_head_t *queue, wait_queue_entry_t *wait);
void remove_wait_queue(wait_queue_head_t *queue, wait_queue_entry_t *wait);
int default_wake_function(wait_queue_entry_t *wait, unsigned int mode, int flags, void *key);
int autoremove_wake_function(wait_queue_entry_t *wait, unsigned int mode, int flags, void *key);
void __wake_up(wait_queue_head_t *queue, unsigned int mode, int nr_exclusive, void *key);
int waitqueue_active(wait_queue_head_t *queue);
#define wq_has_sleeper(queue) waitqueue_active(queue)
#define wake_up(queue) __wake_up(queue, TASK_NORMAL, 1, NULL)
#define wake_up_all(queue) __wake_up(queue, TASK_NORMAL, 0, NULL)
#define wake_up_nr(queue, nr) __wake_up(queue, TASK_NORMAL, nr, NULL)
#define wait_event(queue, condition) do { \
	wait_queue_entry_t wait_entry; \
	init_wait(&wait_entry); \
	for (;;) { \
		prepare_to_wait(&(queue), &wait_entry, TASK_UNINTERRUPTIBLE); \
		if (condition) \
			break; \
		schedule(); \
	} \
	finish_wait(&(queue), &wait_entry); \
} while (0)

int wake_up_process(struct task_struct *task);
void schedule(void);
void yield(void);
void io_schedule(void);
#define might_sleep() __might_sleep()
#define cond_resched() __might_sleep()

#endif
