/*
 * Who asks for the entry behind an index gets the same large entry again
 *
 * Id:          xarray-find-after-meets-twice
 * Rule:        wrong-entry
 * Seen:        v4.20..v5.4
 * Fixed:       430f24f94c8a ("XArray: Fix infinite loop with entry at ULONG_MAX"),
 *              19c30f4dd092 ("XArray: Fix xa_find_after with multi-index entries")
 * Advice:      behind an entry means behind all of its indices, and there is nothing behind the last one
 * Functions:   xa_find_after
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xa_find_after
 *
 * A large entry stands at many indices. Who has met it at the first of them and asks for what is behind that index
 * finds it at the second, and so on; and behind ULONG_MAX there is 0.
 */

/* @start */
void start(void)
{
	world_array();
	put_item(1);
	put_large_item(8, 2);
	put_item(ULONG_MAX);
}

/* @thread walk by indices */
void walker(void)
{
	unsigned long met = walk_items_by_index(ULONG_MAX);

	__assert(met == (BIT(1) | BIT(8) | BIT(63)), "wrong-entry", "a walk meets a large entry at another index than its first");
}

/* @finally */
void finally(void)
{
	check_array();
}

/* @broken
@@ xas_next_of_user @@
-	} while ((behind && xas_valid(xas) && xas_sibling(xas)) || xas_retry(xas, found));
+	} while (xas_retry(xas, found));
 */
