/* Variables that are used before anybody has set them. */

struct field {
	struct list_head rows;
	spinlock_t fence;
	int crop;
	int wet;
};

/* wrong: neither wet nor sown */
int field_crop(struct field *field, int sown)
{
	int crop;

	if (field->wet)
		crop = 1;
	else if (sown)
		crop = 2;
	return crop;
}

/* right: asked twice, and the same both times */
int field_yield(struct field *field, int sown)
{
	int crop;

	if (sown)
		crop = field->crop;
	spin_lock(&field->fence);
	field->wet = 0;
	spin_unlock(&field->fence);
	return sown ? crop : 0;
}

/* wrong: one of the ways out goes by what is set last */
int field_plough(struct field *field)
{
	int error;

	spin_lock(&field->fence);
	if (field->wet)
		goto out;
	error = field_till(field);
out:
	spin_unlock(&field->fence);
	return error;
}

/* taken for granted: there are rows */
int field_walk(struct field *field, int rows)
{
	int error;

	while (rows--)
		error = field_step(field);
	return error;
}

/* taken for granted: there are no other seasons */
int field_season(int season)
{
	int crop;

	switch (season) {
	case 1:
		crop = 3;
		break;
	case 2:
		crop = 4;
		break;
	}
	return crop;
}

/* right: what nobody has may set what it is handed */
int field_measure(struct field *field)
{
	unsigned long length, flags;

	spin_lock_irqsave(&field->fence, flags);
	field_length(field, length);
	spin_unlock_irqrestore(&field->fence, flags);
	return length;
}

/* wrong: it is handed on by value to what the file has */
int field_burn(struct field *field)
{
	int from;

	return field_walk(field, from);
}

/* right: the last round has set it */
int field_count(struct field *field)
{
	int last, n;

	for (n = 0; n < 2; n++) {
		if (n)
			field->crop = last;
		last = field_step(field);
	}
	return 0;
}

/* taken for granted: a constant of a header may be what it looks like */
int field_check(struct field *field)
{
	int crop, error;

	error = field_step(field);
	if (error != FIELD_OK)
		goto out;
	crop = field->crop;
out:
	if (!error)
		return crop;
	return error;
}

/* right: assembly may set what it names */
int field_till_by_hand(void)
{
	int crop;

	asm volatile("till %0" : "=r" (crop));
	return crop;
}
