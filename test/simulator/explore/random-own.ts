import type { Scenario } from '../../../simulator/index.js';
import { scenarioOf } from './expect-found.js';
import { listOfNodes } from './list-of-nodes.js';
import { type Random, randomFrom } from './random-locks.js';

/**
 * Memory that belongs to each thread, and places where everybody may find an address of it. Whoever follows one
 * that is left behind breaks something, and so does who gives back what he does not hold.
 */
const world = `
struct own { int n; struct node *at; char rest[48]; };
struct node { struct node *next; int n; };
struct own owns[9];
#define OWN ((struct own *)__own(owns, sizeof(struct own)))
static struct node *head, *place;
static int count, lock_a;
${listOfNodes}
`;

const statements: ((random: Random, depth: number) => string)[] = [
  () => 'push(&mine);',
  () => 'drop(&mine);',
  () => 'place = &mine;',
  () => 'if (place == &mine) place = 0;',
  () => 'other = place;',
  () => 'other = pop();',
  () => 'if (other && other != &mine) other->n++;',
  () => 'mine.n++;',
  (random) => `__assert(mine.n < ${1 + random(3)}, "assertion", "somebody else counted");`,
  () => 'heap = __alloc(sizeof(*heap)); push(heap);',
  () => 'OWN->n++;',
  () => 'OWN->at = place;',
  () => 'if (OWN->at) OWN->at->n = 1;',
  () => 'place = (struct node *)OWN;',
  () => 'count = (count + 1) % 3;',
  () => 'tagged = (unsigned long)&mine | 1;',
  () => 'if (tagged & 1) other = (struct node *)(tagged & ~1ul);',
  () => 'copy = mine; mine = copy;',
  () => '__yield();',
  () => 'if (__any(&owns[0].n, sizeof(struct own))) count = 0;',
  () => '__await_ne(&count, 2);',
  (random, depth) => `if (count == ${random(3)}) {\n${block(random, depth)}\n}`,
  (random, depth) => `spin_lock(&lock_a);\n${block(random, depth)}\nspin_unlock(&lock_a);`,
  (random, depth) => `spin_lock(&OWN->n);\n${block(random, depth)}\nspin_unlock(&OWN->n);`,
];

function block(random: Random, depth: number): string {
  const simple = depth > 0 ? statements : statements.slice(0, -3);
  return Array.from({ length: 1 + random(3) }, () =>
    (simple[random(simple.length)] as (typeof statements)[number])(random, depth - 1),
  ).join('\n');
}

/** The same program for the same seed: two or three threads that run the same code on memory of their own. */
export function randomOwn(seed: number): Scenario {
  const random = randomFrom(seed);
  const names = Array.from({ length: 2 + random(2) }, (_, n) => `run_${n}`);
  const body = Array.from({ length: 2 + random(2) }, () => block(random, 2)).join('\n');
  const text = `${world}
void work(void)
{
	struct node mine, copy, *other = 0, *heap = 0;
	unsigned long tagged = 0;
	mine.next = 0;
	mine.n = 0;
${body}
	drop(&mine);
}
${names.map((name) => `void ${name}(void) { work(); }`).join('\n')}`;
  return scenarioOf({ threads: names, text });
}
