/*
 * A fault inside of the file ends in a bus error
 *
 * Id:          dax-fault-is-no-error
 * Rule:        assertion
 * Seen:        -
 * Advice:      a conflict of sizes means to fall back, and no memory under the lock means to try again
 * Era:         xarray
 *
 * Guards a rule of the protocol: what a fault meets in the tree is no error of the
 * device, nor is it one that nothing can be allocated under the tree lock.
 *
 *   PTE fault, index 1                   PMD fault
 *   ------------------                   ---------
 *   inserts its entry
 *                                        finds something smaller in its
 *                                        range, and kills the process
 */

static int first_result, second_result;

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_second_mm();
	world_scarce_memory();
}

/* @thread PTE write fault in another process, index 1 */
void first(void)
{
	first_result = pte_fault(1, 1, 1);
}

/* @thread PMD write fault, index 0 */
void second(void)
{
	second_result = pmd_fault(0, 0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	__assert(!((first_result | second_result) & (VM_FAULT_SIGBUS | VM_FAULT_OOM)), "assertion",
		"a fault inside of the file fails");
}

#ifdef BROKEN
static bool dax_is_conflict(void *entry)
{
	return false;
}
#endif
