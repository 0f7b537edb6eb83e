import { graftLimit, type Piece } from './piece.js';

/** What the calls of the kernel's interfaces do, whatever an era calls them. */
const operations: readonly (readonly [RegExp, string])[] = [
  [
    /^(read|write|spin|xa|xas|mutex|down|page|folio|i_mmap|inode)_?(un|try)?lock|^(down|up)_(read|write)/,
    'lock',
  ],
  [/radix_tree_lookup|^xas_(load|find)|get_unlocked/, 'look up'],
  [/radix_tree_insert|replace_slot|radix_tree_replace|^xas_store/, 'store'],
  [/radix_tree_delete|^__?delete_from/, 'delete'],
  [/radix_tree_preload$/, 'prepare'],
  [/wake/, 'wake'],
  [/^(schedule|prepare_to_wait|finish_wait|init_wait|wait_)/, 'sleep'],
  [/^unmap_mapping/, 'unmap'],
  [/tag_set|set_mark|tag_clear|clear_mark|tag_get|get_mark/, 'mark'],
];

const words: Record<string, string> = {
  if: 'branch',
  switch: 'branch',
  for: 'loop',
  while: 'loop',
  return: 'return',
  goto: 'goto',
  break: 'leave',
  continue: 'leave',
};

function operationOf(name: string): string {
  const sort = operations.find(([pattern]) => pattern.test(name))?.[1];
  if (sort === undefined) return `call ${name}`;
  return sort === 'lock' && /unlock|^up_/.test(name) ? 'unlock' : sort;
}

const known = new WeakMap<Piece, string[]>();

/** What a piece does: locks, looks up, wakes, branches, assigns to a variable; sorted. */
export function operationsOf(piece: Piece): string[] {
  const operations = known.get(piece) ?? read(piece);
  known.set(piece, operations);
  return operations;
}

function read({ tokens }: Piece): string[] {
  const found: string[] = [];
  for (const [at, token] of tokens.entries()) {
    if (words[token] !== undefined) found.push(words[token]);
    else if (tokens[at + 1] === '(' && /^[a-z_]\w*$/.test(token)) found.push(operationOf(token));
    else if (/^[-+*/%&^|]?=$/.test(token) && at > 0) found.push(`assign ${tokens[at - 1]}`);
  }
  return found.sort();
}

/** How much of both lists is in both, 0 to 1; order and repetition count. */
function overlap(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 1;
  let row = new Array<number>(b.length + 1).fill(0);
  for (const left of a) {
    const next = [0];
    for (const [at, right] of b.entries())
      next.push(left === right ? row[at]! + 1 : Math.max(row[at + 1]!, next[at]!));
    row = next;
  }
  return (2 * row[b.length]!) / (a.length + b.length);
}

/** Less than this and two pieces are not the same one in other words. */
const least = 0.5;

/** How much two pieces do the same, 0 to 1; 1 only for the same text. */
export function similarity(a: Piece, b: Piece): number {
  if (a.text === b.text) return 1;
  if (a.kind !== b.kind || a.kind === 'open' || a.kind === 'close' || a.kind === 'label') return 0;
  const most = graftLimit.tokens;
  if (a.tokens.length > most || b.tokens.length > most) return 0;
  const did = overlap(operationsOf(a), operationsOf(b));
  if (did === 0) return 0;
  const said = overlap(a.tokens, b.tokens);
  const alike = 0.95 * (0.5 * did + 0.5 * said);
  return alike < least ? 0 : alike;
}

/** How much a piece tells about its place: a brace stands anywhere. */
export function weight(piece: Piece): number {
  if (piece.kind === 'open' || piece.kind === 'close') return 0.25;
  if (piece.kind === 'else' || /^(break|continue|return) ?;$/.test(piece.text)) return 0.5;
  return 1;
}
