/* Code for which there are entries in a configuration. */

#if defined(CONFIG_DEEP_SHELVES) && defined(CONFIG_SMP)
#ifdef CONFIG_WIDE_SHELVES
int dusts_alone(struct shelf *shelf)
{
	mutex_lock(&shelf->lock);
	shelf->dust = 0;
	mutex_unlock(&shelf->lock);
	return 0;
}
#endif

int dusts(struct shelf *shelf)
{
	mutex_lock(&shelf->lock);
	if (shelf->is_open) {
		mutex_unlock(&shelf->lock);
		return -EBUSY;
	}
	shelf->dust = 0;
	mutex_unlock(&shelf->lock);
	return 0;
}
#else
int dusts(struct shelf *shelf)
{
	return 0;
}
#endif

#ifdef SHELF_IS_WIDE
int widens(struct shelf *shelf)
{
	shelf->width++;
	return 0;
}
#endif
