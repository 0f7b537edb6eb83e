/*
 * The twin of test/simulator/explore/pmd-race.c for SPIN: the same threads, and the same steps, so that states
 * can be counted against each other. NT threads fault on one index of a range of two pages.
 *
 * FIXED=1 looks the entry up again after the tree lock was retaken. What pmd-race.c calls an atomic function is
 * one atomic sequence here; nothing that lives from one step to the next is kept but the size of the fault.
 */
#ifndef NT
#define NT 2
#endif
#ifndef FIXED
#define FIXED 0
#endif
/* How often each thread faults. */
#ifndef ROUNDS
#define ROUNDS 1
#endif

#define NONE	0
#define PMD	1
#define PTE	2
#define LOCKED	4

bit tree_lock, ptl;
byte entry[2];
byte queue[NT], waiting;
bit woken[NT];
bit pmd_mapped, pte_table;
byte returned;

inline take(lock)
{
	atomic { !lock -> lock = 1 }
}

/* Inside an atomic sequence. The place in the queue counts from zero again when it is done. */
inline wake_one()
{
	if
	:: waiting > 0 ->
		woken[queue[0]] = 1;
		place = 1;
		do
		:: place < waiting -> queue[place - 1] = queue[place]; place++
		:: else -> break
		od;
		waiting--;
		queue[waiting] = 0;
		place = 0
	:: else
	fi
}

active [NT] proctype fault()
{
	byte size = PMD, place;
#if ROUNDS > 1
	byte round;
#endif

restart:
	take(tree_lock);

again:	/* look_up() */
	atomic {
		if
		:: entry[0] & LOCKED -> goto waits
		:: entry[0] == NONE -> goto absent
		:: entry[0] == PTE && size == PMD -> goto collides
		:: else -> goto present
		fi
	};

waits:
	atomic { queue[waiting] = _pid; waiting++ };
	tree_lock = 0;
	atomic { woken[_pid] -> woken[_pid] = 0 };
	atomic { !tree_lock -> tree_lock = 1; goto again };

collides:
	atomic { wake_one() };
	atomic { tree_lock = 0; size = PTE; goto restart };

absent:
	tree_lock = 0;
	take(tree_lock);
#if FIXED
	/* is_there() */
	atomic {
		if
		:: entry[0] != NONE -> goto retreat
		:: else
		fi
	};
#endif
	/* insert() */
	atomic {
		if
		:: entry[0] != NONE || (size == PMD && entry[1] != NONE) ->
			size = PTE;
			goto retreat
		:: else ->
			entry[0] = size | LOCKED;
			if
			:: size == PMD -> entry[1] = PMD
			:: else
			fi;
			goto owned
		fi
	};

retreat:
	atomic { tree_lock = 0; goto restart };

present:
	entry[0] = entry[0] | LOCKED;
owned:
	tree_lock = 0;
	take(ptl);
	atomic {
		if
		:: size == PMD -> assert(!pte_table)
		:: else -> assert(!pmd_mapped)
		fi
	};
	atomic {
		if
		:: size == PMD -> pmd_mapped = 1
		:: else -> pte_table = 1
		fi
	};
	ptl = 0;
	take(tree_lock);
	entry[0] = entry[0] & (LOCKED - 1);
	tree_lock = 0;

	/* finish() */
	atomic {
		wake_one();
		size = PMD;
#if ROUNDS > 1
		if
		:: round < ROUNDS - 1 -> round++; goto restart
		:: else -> round = 0
		fi;
#endif
		returned++;
		if
		:: returned == NT -> assert(!tree_lock && !ptl && !(entry[0] & LOCKED) && !waiting)
		:: else
		fi
	};

	/* SPIN counts the death of a process as a step; they stay here instead, which is a valid end. */
end:	false
}
