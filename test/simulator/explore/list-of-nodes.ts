/** A list that everybody may reach, in one step each: C that needs `struct node` with a `next`, and its `head`. */
export const pushAndPop = `
atomic void push(struct node *node) { node->next = head; head = node; }
atomic struct node *pop(void) { struct node *node = head; if (node) head = node->next; return node; }`;

/** The same with a node that is taken out from where it is. */
export const listOfNodes = `${pushAndPop}
atomic void drop(struct node *node)
{
	struct node **at;
	for (at = &head; *at; at = &(*at)->next)
		if (*at == node) { *at = node->next; return; }
}`;
