import { describe, expect, it } from 'vitest';
import { breakCode, brokenNames } from '../../src/race/break-code.js';
import { parseBroken } from '../../src/race/parse-broken.js';
import type { Race } from '../../src/race/race.js';

const take = `int take(struct slot *slot)
{
	lock(slot);
	/* Somebody may have been quicker:
	   look again. */
	if (slot->owner)
		return -EBUSY;
	slot->owner = current;
	unlock(slot);
	return 0;
}`;

const raceOf = (source: string) => ({ file: 'slot.c', ...parseBroken('slot.c', source) }) as Race;
const broken = (source: string) =>
  breakCode({ files: new Map([['mm/slot.c', `${take}\n`]]), baseline: true }, raceOf(source)).files.get(
    'mm/slot.c',
  );

describe("an entry's broken side", () => {
  it('is a hunk that is laid where its lines stand, whatever comments are between them', () => {
    const hunk = '/* @broken\n@@ take @@\n \tlock(slot);\n-\tif (slot->owner)\n-\t\treturn -EBUSY;\n */\n';
    expect(broken(hunk)).toContain('{\n\tlock(slot);\n\tslot->owner = current;\n');
    expect(brokenNames(raceOf(hunk))).toEqual(['take']);
  });

  it('is refused where it fits twice or not at all, or speaks of no function of the baseline', () => {
    expect(() => broken('/* @broken\n@@ take @@\n-\tfree(slot);\n */\n')).toThrow('has 0 places');
    const twice = take.replace('unlock(slot)', 'lock(slot)');
    const code = { files: new Map([['mm/slot.c', twice]]), baseline: true };
    expect(() => breakCode(code, raceOf('/* @broken\n@@ take @@\n-\tlock(slot);\n */\n'))).toThrow(
      'has 2 places',
    );
    expect(() => broken('/* @broken\n@@ give @@\n-\tlock(slot);\n */\n')).toThrow('does not have');
    expect(() => broken('/* @broken\nlock(slot);\n */\n')).toThrow('not a line of a hunk');
    expect(() => broken('int take;\n')).toThrow('is its own test');
  });

  it('is whole functions where the code is another', () => {
    const source = '#ifdef BROKEN\nint take(struct slot *slot)\n{\n\treturn 0;\n}\n#endif\n';
    expect(broken(source)?.trim()).toBe('int take(struct slot *slot)\n{\n\treturn 0;\n}');
  });
});
