import type { Arrival, Inbox } from '../source/inbox.js';
import type { Store } from '../store/store.js';

/** Mails asked for in one round. */
const mostAsked = 200;

/**
 * Asks a source for the mails that others answer and that never came: a list loses mails, and a thread may
 * have begun elsewhere. Each is asked for a few times and then given up.
 */
export async function* refetch(inbox: Inbox, store: Store): AsyncGenerator<Arrival> {
  if (inbox.find === undefined) return;
  const wanted = store.missingParents(inbox.name, mostAsked);
  for (const id of wanted) {
    const found = await inbox.find(id);
    const cursor = store.cursorOf(inbox.name) ?? null;
    for (const [at, raw] of found.entries()) yield { kind: 'mail', place: `id:${id}/${at}`, raw, cursor };
  }
  store.sought(inbox.name, wanted);
}
