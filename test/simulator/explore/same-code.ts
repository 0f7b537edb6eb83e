import { expect } from 'vitest';
import { explore, replay, type Scenario } from '../../../simulator/index.js';
import { scenarioOf } from './expect-found.js';
import { pushAndPop } from './list-of-nodes.js';

export const bounds = { states: 400_000, full: false };

/** The verdict on threads that are alike, and on the same threads told apart. */
export function bothOf(scenario: Scenario) {
  return [false, true].map((apart) => explore(scenario, { ...bounds, apart })) as [Verdict, Verdict];
}
type Verdict = ReturnType<typeof explore>;

export const signatures = ({ violations }: Verdict) => new Set(violations.map(({ signature }) => signature));

/** What each violation costs: an exchange of threads makes no interleaving simpler. */
const costs = ({ violations }: Verdict) =>
  new Map(violations.map((one) => [one.signature, [one.preemptions, one.switches, one.steps]]));

export function expectAlike(scenario: Scenario): void {
  const [alike, apart] = bothOf(scenario);
  expect(alike.bound).toBe('complete');
  expect([alike.kind, alike.bound, alike.why]).toEqual([apart.kind, apart.bound, apart.why]);
  expect(signatures(alike)).toEqual(signatures(apart));
  expect(costs(alike)).toEqual(costs(apart));
  for (const { schedule, rule, message, object } of alike.violations)
    expect(replay(scenario, schedule).problem).toMatchObject({ rule, message, object });
}

/** Two or three threads that run the same code, each with what it needs. */
export function sameCode(text: string, count = 2, more: Partial<Scenario> = {}): Scenario {
  const names = Array.from({ length: count }, (_, n) => `run_${n}`);
  const threads = names.map((name) => `void ${name}(void) { work(); }`).join('\n');
  return scenarioOf({ threads: names, text: `${text}\n${threads}`, more });
}

/** Memory of its own for each thread, and a list that all put something of theirs into. */
export const shared = `
struct own { int n; struct own *next; char rest[48]; };
struct own owns[9];
#define OWN ((struct own *)__own(owns, sizeof(struct own)))
struct node { struct node *next; int n; };
static struct node *head;
static unsigned long seen;
static int count, lock;
${pushAndPop}
`;
