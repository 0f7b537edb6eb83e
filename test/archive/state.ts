/** A commit to be made: a tree, and files of it that are other ones. */
export interface State {
  /** ISO 8601. */
  date: string;
  tree: string;
  /** Blob ids by path. */
  files: ReadonlyMap<string, string>;
  /** The tag that it gets. */
  label: string | undefined;
}

const plain = /^[\w.+@,/-]+$/;

function commit({ date, tree, files, label }: State, mark: number, from: number | undefined): string {
  const seconds = Math.floor(Date.parse(date) / 1000);
  return [
    'commit refs/heads/main',
    `mark :${mark}`,
    `committer Kernels <kernels@localhost> ${seconds} +0000`,
    'data 0',
    ...(from === undefined ? [] : [`from :${from}`]),
    'deleteall',
    `M 040000 ${tree} ""`,
    ...[...files].filter(([path]) => plain.test(path)).map(([path, id]) => `M 100644 ${id} ${path}`),
    '',
    ...(label === undefined ? [] : [`reset refs/tags/${label}`, `from :${mark}`, '']),
  ].join('\n');
}

/** What `git fast-import` reads: the contents, and the states as one line of history, oldest first. */
export function importState(states: State[], contents: ReadonlyMap<string, Buffer>): Buffer {
  const blobs = [...contents.values()].flatMap((content) => [
    Buffer.from(`blob\ndata ${content.length}\n`),
    content,
    Buffer.from('\n'),
  ]);
  const sorted = [...states].sort((a, b) => Date.parse(a.date) - Date.parse(b.date));
  const commits = sorted.map((state, at) => commit(state, at + 1, at === 0 ? undefined : at));
  return Buffer.concat([...blobs, Buffer.from(commits.join('\n')), Buffer.from('\n')]);
}
