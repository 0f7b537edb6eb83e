import type { Tree } from './tree.js';

/** The tree as the patches so far left it; deleted files hide what the tree still has. */
export function patched(
  tree: Tree,
  at: string | undefined,
  state: Map<string, Buffer | undefined>,
  label?: string,
): Tree {
  const readBytes = async (path: string): Promise<Buffer | undefined> =>
    state.has(path) ? state.get(path) : tree.readBytes(path, at);
  return {
    name: tree.name,
    kind: tree.kind,
    readBytes,
    read: async (path) => (await readBytes(path))?.toString('utf8'),
    states: async () => [{ label: label ?? tree.name, at }],
    close: async () => {},
  };
}
