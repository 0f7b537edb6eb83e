/* Memory functions, byte by byte; the device's memory swallows what is written and compares equal. */

void *memset(void *to, int value, size_t size)
{
	char *at = to;
	size_t n;

	if (is_device_memory(to))
		return to;
	for (n = 0; n < size; n++)
		at[n] = value;
	return to;
}

void *memcpy(void *to, const void *from, size_t size)
{
	const char *source = from;
	char *target = to;
	size_t n;

	if (is_device_memory(to) || is_device_memory(from))
		return to;
	for (n = 0; n < size; n++)
		target[n] = source[n];
	return to;
}

int memcmp(const void *a, const void *b, size_t size)
{
	const unsigned char *left = a, *right = b;
	size_t n;

	if (is_device_memory(a) || is_device_memory(b))
		return 0;
	for (n = 0; n < size; n++)
		if (left[n] != right[n])
			return left[n] - right[n];
	return 0;
}
