/* What the caller was told may be another thing by now; what locking was told unlocking is told, too. */
static void area_lock_write(struct area *area)
{
	if (area_is_shared(area))
		down_write(&area->common->gate);
	else if (!(area->flags & AREA_IS_OPEN))
		down_write(&area->own->gate);
}

static void area_unlock_write(struct area *area)
{
	if (area_is_shared(area))
		up_write(&area->common->gate);
	else if (!(area->flags & AREA_IS_OPEN))
		up_write(&area->own->gate);
}

int cuts_an_area(struct area *area, struct batch *batch)
{
	if (!(area->flags & AREA_IS_OPEN))
		return 0;
	batch_begins(batch, area);
	area_lock_write(area);
	area_cut(area, batch);
	area_unlock_write(area);
	return 0;
}

/* An error on the way leaves it locked all the same. */
int cuts_and_forgets(struct area *area, struct batch *batch)
{
	if (!(area->flags & AREA_IS_OPEN))
		return 0;
	batch_begins(batch, area);
	area_lock_write(area);
	if (area_cut(area, batch))
		return -EIO;
	area_unlock_write(area);
	return 0;
}

/* What is asked again under the lock may have another answer, although a function asks. */
static int is_bad(struct area *area)
{
	return area->state ? -EIO : 0;
}

int looks_again(struct area *area)
{
	if (is_bad(area))
		return -EIO;
	down_write(&area->gate);
	area_changes(area);
	if (is_bad(area))
		return -EIO;
	up_write(&area->gate);
	return 0;
}
