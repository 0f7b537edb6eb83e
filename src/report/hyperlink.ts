/** Leads to where a file of the reader's tree is; undefined for one that is not there. */
export type FileAddress = (file: string) => string | undefined;

/** A commit as the catalogue names it: twelve digits and its subject. */
const commit = /\b[0-9a-f]{12,40}\b(?=\s+\(")/g;

const place = /\b(?:[a-z0-9_]+\/)+[\w.-]+\.[ch](?=:\d)/gi;

/** The sequence that makes a link of text (OSC 8). Both are of a few harmless letters, or there is none. */
function link(text: string, address: string | undefined): string {
  return address === undefined || !/^[\x21-\x7e]+$/.test(address)
    ? text
    : `\x1b]8;;${address}\x07${text}\x1b]8;;\x07`;
}

/** A finished text in which commits and places of files can be clicked on; what is seen stays the same. */
export function withHyperlinks(text: string, addressOf: FileAddress): string {
  return text
    .replace(commit, (id) => link(id, `https://git.kernel.org/torvalds/c/${id}`))
    .replace(place, (file) => link(file, addressOf(file)));
}
