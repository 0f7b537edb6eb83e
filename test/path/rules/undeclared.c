/* Of two members whose type nobody declares each lies at its own place. */
struct shelf {
	struct oddlatch upper;
	struct oddlatch lower;
	int books;
};

int both_latches(struct shelf *shelf)
{
	oddlatch_lock(&shelf->upper);
	oddlatch_lock(&shelf->lower);
	oddlatch_unlock(&shelf->lower);
	oddlatch_unlock(&shelf->upper);
	return 0;
}

int one_latch_twice(struct shelf *shelf)
{
	oddlatch_lock(&shelf->upper);
	oddlatch_lock(&shelf->lower);
	oddlatch_unlock(&shelf->lower);
	oddlatch_unlock(&shelf->lower);
	return 0;
}
