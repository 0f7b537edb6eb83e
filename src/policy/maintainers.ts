/** A section of the kernel's MAINTAINERS file. */
interface Section {
  people: string[];
  lists: string[];
  files: string[];
  excluded: string[];
}

export interface Responsible {
  /** Bare addresses in small letters of maintainers and reviewers. */
  people: string[];
  /** Bare addresses in small letters of lists. */
  lists: string[];
}

const mostBytes = 8_000_000;

/** Who is named for some files (`M:`, `R:`, `L:` of every section whose `F:` fits and whose `X:` does not). */
export function responsibleFor(maintainers: string, paths: readonly string[]): Responsible {
  const fitting = readSections(maintainers.slice(0, mostBytes)).filter(({ files, excluded }) =>
    paths.some(
      (path) => files.some((glob) => covers(glob, path)) && !excluded.some((glob) => covers(glob, path)),
    ),
  );
  const unique = (addresses: string[]) => [...new Set(addresses)].sort();
  return {
    people: unique(fitting.flatMap(({ people }) => people)),
    lists: unique(fitting.flatMap(({ lists }) => lists)),
  };
}

function readSections(text: string): Section[] {
  const sections: Section[] = [];
  for (const each of text.split('\n')) {
    const match = /^([A-Z]):\s+(\S.*)$/.exec(each);
    // A line without a letter is the title of the next section.
    if (match === null && each.trim() !== '')
      sections.push({ people: [], lists: [], files: [], excluded: [] });
    const section = sections.at(-1);
    if (match === null || section === undefined) continue;
    const [, letter, value] = match as unknown as [string, string, string];
    if (letter === 'M' || letter === 'R') section.people.push(...addressesIn(value));
    else if (letter === 'L') section.lists.push(...addressesIn(value));
    else if (letter === 'F') section.files.push(value.trim());
    else if (letter === 'X') section.excluded.push(value.trim());
  }
  return sections;
}

function addressesIn(value: string): string[] {
  const address = /<([^<>\s]+@[^<>\s]+)>/.exec(value)?.[1] ?? /^(\S+@\S+)/.exec(value)?.[1];
  return address === undefined ? [] : [address.toLowerCase()];
}

/** A name covers itself and, of a folder, all below; with `*` or `?` it stays within one folder. */
function covers(glob: string, path: string): boolean {
  const wild = /[*?]/.test(glob);
  const pattern = glob
    .replace(/[.+^${}()|\\[\]]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  const end = glob.endsWith('/') ? '' : wild ? '$' : '(?:/|$)';
  return new RegExp(`^${pattern}${end}`).test(path);
}
