/* What was begun of a table is one thing by its parts: each is finished, and what was not begun is nothing to finish. */
int renames(struct table *table, struct part *from, struct part *to, struct part *over)
{
	int error = part_start(table, from);

	if (error)
		return error;
	if (over)
		error = part_start(table, over);
	if (!error)
		error = table_rename(table, from, to);
	part_finish(table, over);
	part_finish(table, from);
	return error;
}

/* Here one of them is finished twice. */
int renames_and_finishes_twice(struct table *table, struct part *from, struct part *to)
{
	int error = part_start(table, from);

	if (error)
		return error;
	error = table_rename(table, from, to);
	part_finish(table, from);
	if (error)
		part_finish(table, from);
	return error;
}
