import { expect, test } from 'vitest';
import { explore } from '../../../simulator/index.js';
import { smallProgram } from '../explore/small-program.js';

/** The object is only ever read, so nothing but its end can make its reads worth a scheduling point. */
const program = (order: string) =>
  smallProgram(
    `int gone, seen;
     struct thing { int x; } thing;
     void reader(void) { if (!gone) seen = thing.x; }
     void owner(void) { ${order} }`,
    ['reader', 'owner'],
  );

test('freeing comes between a look at a flag and the use that the flag was to protect', () => {
  const { violations } = explore(program('gone = 1; __free(&thing);'));
  expect(violations.map((found) => found.rule)).toEqual(['use-after-free']);
  expect(violations[0]).toMatchObject({ function: 'reader', preemptions: 1, switches: 2 });
});

test('an object that nobody frees may be read at any time', () => {
  expect(explore(program('gone = 1;')).kind).toBe('holds');
});
