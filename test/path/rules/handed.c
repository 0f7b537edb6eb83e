/*
 * A page table is locked at one of its levels, and which of the locks it is the caller is told by what else it is
 * given: all of them are stored in the same place.
 */
int walk_to_entry(struct mm *mm, unsigned long address, pte_t **ptep, pmd_t **pmdp, pud_t **pudp, spinlock_t **ptlp)
{
	pud_t *pud = pud_offset(mm, address);
	pmd_t *pmd;

	if (pud_huge(*pud)) {
		*ptlp = pud_lock(mm, pud);
		if (pud_huge(*pud)) {
			*pudp = pud;
			return 0;
		}
		spin_unlock(*ptlp);
	}
	pmd = pmd_offset(pud, address);
	if (pmd_huge(*pmd)) {
		*ptlp = pmd_lock(mm, pmd);
		if (pmd_huge(*pmd)) {
			*pmdp = pmd;
			return 0;
		}
		spin_unlock(*ptlp);
	}
	*ptep = pte_offset_map_lock(mm, pmd, address, ptlp);
	if (pte_present(**ptep))
		return 0;
	pte_unmap_unlock(*ptep, *ptlp);
	return -EINVAL;
}

/* The same value with the lock and with none at all. */
int leaves_one_level(struct mm *mm, unsigned long address, pud_t **pudp, spinlock_t **ptlp)
{
	pud_t *pud = pud_offset(mm, address);

	*ptlp = pud_lock(mm, pud);
	if (pud_huge(*pud)) {
		*pudp = pud;
		return 0;
	}
	spin_unlock(*ptlp);
	return 0;
}

/* The caller says whether the lock is to stay. */
int links_and_may_keep(struct thing *thing, struct request *request)
{
	spin_lock(&thing->lock);
	change(thing->size);
	if (!request->keeps_lock)
		spin_unlock(&thing->lock);
	return 0;
}

/* The caller does not say that. */
int forgets_when_bad(struct thing *thing, struct request *request)
{
	spin_lock(&thing->lock);
	if (is_bad(thing))
		return 0;
	change(thing->size);
	spin_unlock(&thing->lock);
	return 0;
}

void both_halves(struct thing *thing)
{
	spin_lock(&thing->lock);
	change(thing->size);
	spin_unlock(&thing->lock);
}
