/** Hosts that are named for the lists they serve. */
const listHost = /^(?:lists?|vger|ml)\.|\.lists?\.|^lore\./i;

/**
 * The lists that a mail went to, as addresses in small letters: those that say so themselves (List-Id), and among
 * the addressees those that somebody knows as lists or whose host serves lists. Better one list too many, since the
 * strictest decides, than one that is overlooked.
 */
export function listsOf(
  listIds: readonly string[],
  addressees: readonly string[],
  known: ReadonlySet<string>,
): string[] {
  // `nvdimm.lists.linux.dev` is what the list of nvdimm@lists.linux.dev calls itself.
  const named = listIds.map((id) => id.replace('.', '@'));
  const addressed = addressees
    .map((address) => address.toLowerCase())
    .filter((address) => known.has(address) || listHost.test(address.split('@')[1] ?? ''));
  return [...new Set([...named.map((each) => each.toLowerCase()), ...addressed])].sort();
}
