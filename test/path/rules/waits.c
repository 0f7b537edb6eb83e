/* It finds the lock somewhere behind the area. */
static void area_lock_read(struct area *area)
{
	down_read(&area->common->gate);
}

static void area_unlock_read(struct area *area)
{
	up_read(&area->common->gate);
}

/* Who is to wait and is handed what is locked lets go of the lock. */
int waits_for_a_move(struct area *area, struct slot *slot)
{
	area_lock_read(area);
	if (slot_moves(slot)) {
		slot_wait_moved(area, slot);
		return 0;
	}
	area_unlock_read(area);
	return 0;
}

/* Who waits for something else has nothing to do with the lock. */
int waits_for_a_slot(struct area *area, struct slot *slot)
{
	area_lock_read(area);
	if (slot_moves(slot)) {
		slot_wait_moved(slot);
		return 0;
	}
	area_unlock_read(area);
	return 0;
}

/* Nor has who is handed it for another purpose. */
int notes_a_move(struct area *area, struct slot *slot)
{
	area_lock_read(area);
	if (slot_moves(slot)) {
		slot_note_moved(area, slot);
		return 0;
	}
	area_unlock_read(area);
	return 0;
}
