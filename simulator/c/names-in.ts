import type { Unit } from './ast.js';
import { type Node, remembered, walk } from './walk.js';

/** Ordinary names, types and tags; and those of members, which are names apart. */
export interface Names {
  plain: Set<string>;
  members: Set<string>;
}

/** Names that a unit uses, and those that it gives to something of its own, at whatever place. */
export interface NamesIn {
  used: Names;
  own: Names;
}

export const namesIn = remembered((root): NamesIn => {
  const { functions, declarations } = root as Unit;
  const used: Names = { plain: new Set(), members: new Set() };
  const own: Names = { plain: new Set(functions.map(({ name }) => name)), members: new Set() };
  walk([functions, declarations], (node) => {
    for (const [names, name] of [...namedBy(node, used, own)]) if (typeof name === 'string') names.add(name);
    return true;
  });
  return { used, own };
});

/** What one node names, with what it does to the name. */
function* namedBy(node: Node, used: Names, own: Names): Generator<[Set<string>, unknown]> {
  const { kind, name, tag, member } = node;
  if (kind === 'name') yield [used.plain, name];
  else if (kind === 'member') yield [used.members, name];
  else if (member !== undefined) yield [used.members, member];
  else if (kind === 'typedef') yield [(node.type === undefined ? used : own).plain, name];
  else if (kind === 'variable' || kind === 'prototype' || kind === 'label') yield [own.plain, name];
  else if (kind === 'record' || kind === 'enum') {
    yield [(node.members === undefined && node.items === undefined ? used : own).plain, tag];
    for (const each of below(node.members)) yield [own.members, each.name];
    for (const each of below(node.items)) yield [own.plain, each.name];
  } else if (kind === 'function') for (const each of below(node.parameters)) yield [own.plain, each.name];
}

function below(list: unknown): Node[] {
  return (list as Node[] | undefined) ?? [];
}
