import type { Scenario } from '../../../simulator/index.js';
import { scenarioOf } from './expect-found.js';
import { listOfNodes } from './list-of-nodes.js';
import { type Random, randomFrom } from './random-locks.js';

/**
 * All that threads may do to each other, in few words: memory of each and of all, addresses that are kept in whole,
 * in part, with marks and in copies, locks of every kind taken, tried, only waited for and given back by others.
 */
const world = `
struct own { int n; struct node *at; char rest[48]; };
struct node { struct node *next; int n; };
struct two { struct node one, other; } both;
struct own owns[9];
#define OWN ((struct own *)__own(owns, sizeof(struct own)))
#define ANY __any(&owns[0].n, sizeof(struct own))
static struct node *head, *place, shown, spare, *kept[2];
static int v0, v1, v2, total, page, flag, lock_a, lock_b, sem, sleeping;
static unsigned long bits;
${listOfNodes}
atomic struct node *swap_place(struct node *node) { struct node *old = place; place = node; return old; }
atomic int replace(int *at, int old, int new) { if (*at != old) return 0; *at = new; return 1; }
atomic void add_result(int got) { total += got == 1 ? 1 : got == 2 ? 5 : 0; }
atomic int try_page(int *l) { if (*l) return 0; *l = 1; __acquired(l, PAGE, WRITE); return 1; }
atomic int try_read(int *l) { if (*l < 0) return 0; *l = *l + 1; __acquired(l, RWSEM, READ); return 1; }
atomic void wait_until_free(int *at) { __await_eq(at, 0); }
atomic void wait_for_writer(int *at) { __await_ge(at, 0); }
atomic void take_own(void)
{
	__acquiring(&OWN->at, PAGE, WRITE);
	__await_eq(&OWN->n, 0);
	OWN->n = 1;
	__acquired(&OWN->at, PAGE, WRITE);
}
fused void give_own(void) { __released(&OWN->at, PAGE, WRITE); OWN->n = 0; }
atomic void read_begin(void) { OWN->n++; __acquired(&OWN->n, RCU, READ); }
fused void read_end(void) { __released(&OWN->n, RCU, READ); OWN->n--; }
void sleep_on(void) { sleeping = 1; if (v1 == 0) __sleep_ne(&sleeping, 1); sleeping = 0; }
void show(int *got) { struct node mine = { 0, *got }; kept[1] = &mine; if (v2 == *got) *got = mine.n; kept[1] = 0; }
void inner(struct node *up, int *got) { struct node mine = { up, 0 }; up->next = &mine; *got = up->n; mine.n = v2; }
int deeper(int got) { struct node mine = { 0, got }; if (!place) place = &mine; __yield(); return mine.n; }
void end(void)
{
	switch (total) {
${Array.from({ length: 16 }, (_, n) => `\tcase ${n}: __violate("result-${n}", "the sum");`).join('\n')}
	}
}
`;

const variable = (random: Random) => `v${random(3)}`;

const simple: ((random: Random) => string)[] = [
  (random) => `got = ${variable(random)};`,
  (random) => `${variable(random)} = ${random(3)};`,
  (random) => `${variable(random)} = got;`,
  (random) => `got = (got + ${variable(random)}) % 3;`,
  (random) => `${variable(random)} = (${variable(random)} + 1) % 3;`,
  (random) => `if (replace(&${variable(random)}, ${random(3)}, ${random(3)})) got = 1;`,
  (random) => `__await_ne(&${variable(random)}, ${random(3)});`,
  (random) => `while (${variable(random)} == ${random(3)}) __yield();`,
  ...[
    ['push(&mine);', 'drop(&mine);', 'other = pop();', 'place = &mine;', 'if (place == &mine) place = 0;'],
    [
      'other = place;',
      'if (other && other != &mine) other->n = 1;',
      'mine.n = (mine.n + 1) % 3;',
      'got = mine.n;',
    ],
    ['if (!heap) heap = __alloc(sizeof(*heap));', 'if (heap) place = heap;', 'if (heap) got = heap->n;'],
    ['if (heap) { other = swap_place(0); if (other == heap) { __free(heap); heap = other = 0; } }'],
    [
      'other = swap_place(heap); heap = 0; if (other && other != &mine && other != (void *)OWN) __free(other);',
    ],
    ['OWN->n = (OWN->n + 1) % 3;', 'got = OWN->n;', 'OWN->at = place;', 'place = (struct node *)OWN;'],
    ['OWN->at = self;', 'if (OWN->at == self) got = 1;', 'if (ANY) got = 2;', 'while (ANY) __yield();'],
    ['bits = (unsigned long)&mine | 1;', 'bits = 0;', 'if (bits & 1) ((struct node *)(bits & ~1ul))->n = 2;'],
    ['shown = mine;', 'mine = shown;', 'shown.next = &mine;', 'if (shown.next) shown.next->n = 1;'],
    ['shown.next = 0;', 'both.one = mine; both.other = copy;', 'if (both.one.next) both.one.next->n = 2;'],
    ['for (n = 0; n < 8; n++) ((char *)&shown.next)[n] = ((char *)&self)[n];', 'if (&mine < &copy) got = 1;'],
    ['kept[0] = self;', 'if (kept[0]) kept[0]->n = v1;', 'kept[1] = kept[0];', 'kept[0] = kept[1] = 0;'],
    ['__yield();', 'if (__choose(2)) got = (got + 1) % 3;', 'if (got == 2) goto out;', '__progress();'],
    ['flag = 1;', 'flag = 0;', '__sleep_ne(&flag, 0);', 'sleep_on();', 'sleeping = 0;'],
    ['lock_page(&page);', 'unlock_page(&page);', 'if (page) unlock_page(&page);', 'wait_until_free(&page);'],
    [
      'wait_until_free(&lock_b);',
      'wait_until_free(&sem);',
      'wait_for_writer(&sem);',
      'take_own(); give_own();',
    ],
    ['read_begin(); got = v0; read_end();', 'inner(&mine, &got);', 'got = deeper(got);', 'show(&got);'],
  ]
    .flat()
    .map((statement) => () => statement),
];

const around: [before: string, after: string][] = [
  ['if (got == 0) {', '}'],
  ['if (got == 1) {', '}'],
  ['spin_lock(&lock_a);', 'spin_unlock(&lock_a);'],
  ['spin_lock(&lock_b);', 'spin_unlock(&lock_b);'],
  ['spin_lock(&OWN->n);', 'spin_unlock(&OWN->n);'],
  ['if (spin_trylock(&lock_a)) {', 'spin_unlock(&lock_a); }'],
  ['down_read(&sem);', 'up_read(&sem);'],
  ['down_write(&sem);', 'up_write(&sem);'],
  ['if (try_read(&sem)) {', 'up_read(&sem); }'],
  ['lock_page(&page);', 'unlock_page(&page);'],
  ['if (try_page(&page)) {', 'unlock_page(&page); }'],
];

function block(random: Random, depth: number): string {
  return Array.from({ length: 1 + random(3) }, () => {
    if (depth === 0 || random(5) > 0)
      return (simple[random(simple.length)] as (typeof simple)[number])(random);
    const [before, after] = around[random(around.length)] as (typeof around)[number];
    return `${before} ${block(random, depth - 1)} ${after}`;
  }).join('\n');
}

function thread(name: string, random: Random): string {
  const body = Array.from({ length: 1 + random(3) }, () => block(random, 2)).join('\n');
  const tidy = random(4) > 0 ? 'drop(&mine); if (place == &mine) place = 0;' : '';
  return `void ${name}(void)
{
	struct node mine = { 0 }, copy = { 0 }, *other = 0, *heap = 0, *self = &mine;
	int got = 0, n;
${body}
out:
	add_result(got);
	${tidy}
}`;
}

/** The same program for the same seed: up to three threads, of which some are alike; what they got is told apart. */
export function randomMixed(seed: number): Scenario {
  const random = randomFrom(seed);
  const alike = 1 + random(3);
  const names = Array.from({ length: alike }, (_, n) => `run_${n}`);
  const text = [world, thread('work', random), ...names.map((name) => `void ${name}(void) { work(); }`)];
  const more: Partial<Scenario> = { finally: ['end'] };
  const threads = [...names];
  if (alike < 3 && random(2) === 0) threads.splice(random(2), 0, 'another');
  if (threads.length > alike) text.push(thread('another', random));
  if (random(4) === 0) {
    text.push(`void start(void) { place = kept[0] = &spare; ${random(4) ? '' : 'owns[1].n = 2;'} }`);
    more.start = 'start';
  }
  if (random(4) === 0) {
    text.push(
      'void check(void) { if (!__held(&lock_a)) __assert(v0 != 2 || v1 != 1, "assertion", "v0, v1"); }',
    );
    more.always = ['check'];
  }
  return scenarioOf({ threads, text: text.join('\n'), more });
}
