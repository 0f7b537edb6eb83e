/* Memory functions. Contents of the device are not modelled: what goes there or comes from there is nothing. */
#ifndef FAULTLINE_STRING_H
#define FAULTLINE_STRING_H

void *memset(void *to, int value, size_t size);
void *memcpy(void *to, const void *from, size_t size);
int memcmp(const void *a, const void *b, size_t size);
#define memmove(to, from, size) memcpy(to, from, size)
#define is_device_memory(address) ((unsigned long)(address) >= DEVICE_MEMORY && \
	(unsigned long)(address) < DEVICE_MEMORY + WORLD_FRAMES * PAGE_SIZE)

#endif
