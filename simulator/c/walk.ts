/** A node of the syntax tree, or anything below one. */
export type Node = { kind?: string } & Record<string, unknown>;

/** Visits every object of a tree, without recursion; `visit` says whether to go below. */
export function walk(root: unknown, visit: (node: Node) => boolean): void {
  const open: unknown[] = [root];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    if (Array.isArray(node)) {
      for (let at = node.length - 1; at >= 0; at--) open.push(node[at]);
    } else if (visit(node as Node)) {
      for (const below of Object.values(node)) if (typeof below === 'object') open.push(below);
    }
  }
}

/** Trees are kept for the next compilation, and so is what was found in them. */
export function remembered<T>(find: (root: object) => T): (root: object) => T {
  const known = new WeakMap<object, T>();
  return (root) => {
    if (!known.has(root)) known.set(root, find(root));
    return known.get(root) as T;
  };
}

/** Names of variables whose address is taken somewhere in a function. */
export const addressedNames = remembered((root): ReadonlySet<string> => {
  const names = new Set<string>();
  walk(root, (node) => {
    const a = node.a as Node | undefined;
    if (node.kind === 'unary' && node.operator === '&' && a?.kind === 'name') names.add(a.name as string);
    return true;
  });
  return names;
});

/** Whether something could jump into a piece of code. */
export const isTarget = remembered((root): boolean => {
  let found = false;
  walk(root, (node) => {
    found ||= node.kind === 'label' || node.kind === 'case';
    return !found;
  });
  return found;
});

/** The labels of a function or of a statement expression; those of inner ones are their own. */
export const labelNames = remembered((statements): readonly string[] => {
  const names: string[] = [];
  walk(statements, (node) => {
    if (node.kind === 'label') names.push(node.name as string);
    return node.kind !== 'statements';
  });
  return names;
});
