import { describe, expect, it } from 'vitest';
import { applyEdit } from './apply-edit.js';
import type { Edit } from './edit.js';

const file = `#define take(x) lock(x)
/* open_door(key) in a comment { is no code */
static int open_door(struct key *key, int n);

static int open_door(struct key *key, int n)
{
	const char *said = "lock(&door); }";
	int turns = 0;

	if (!key || is_bent(key))
		goto out;
	for_each_turn(key, n) {
		if (turns++ > 3)
			lock(&door);
		else
			creak(&door,
			      min(n, 2), turns);
	}
	lock(&door);
out:
	unlock(&door);
	return turns;
}

int other(void)
{
	unlock(&door);
	return 1;
}
`;

function edited(edit: Edit, name = 'open_door'): string {
  const after = applyEdit(file, name, edit);
  if (typeof after !== 'string') throw new Error(after.refused);
  return after;
}

/** The lines that an edit changed, without the blanks around them. */
function changed(edit: Edit, name?: string): string[] {
  const before = file.split('\n');
  return edited(edit, name)
    .split('\n')
    .filter((line, at) => line !== before[at])
    .map((line) => line.trim());
}

describe('an edit', () => {
  it('keeps every line where it is', () => {
    const edits: Edit[] = [
      { do: 'delete', call: 'creak' },
      { do: 'repeat', call: 'creak' },
      { do: 'move', call: 'creak', side: 'before', to: { call: 'unlock' } },
      { do: 'answer', call: 'creak', by: '0' },
      { do: 'argue', call: 'creak', position: 1, by: 'n' },
    ];
    for (const edit of edits) {
      const lines = edited(edit).split('\n');
      expect(lines.indexOf('int other(void)'), edit.do).toBeGreaterThanOrEqual(
        file.split('\n').indexOf('int other(void)'),
      );
      expect(lines.slice(-5), edit.do).toEqual(file.split('\n').slice(-5));
    }
  });

  it('deletes a statement, over lines, and leaves the if before it whole', () => {
    expect(changed({ do: 'delete', call: 'creak' })).toEqual([';', '']);
    expect(changed({ do: 'delete', call: 'lock' })).toEqual([';']);
  });

  it('counts occurrences from the front and from the end, and not in comments, strings or macros', () => {
    const lines = edited({ do: 'delete', call: 'lock', nth: -1 }).split('\n');
    expect(lines.filter((line) => /\block\(/.test(line))).toHaveLength(3);
    expect(lines[lines.indexOf('out:') - 1]).toBe('\t;');
    expect(changed({ do: 'delete', call: 'lock', nth: 'all' })).toEqual([';', ';']);
  });

  it('leaves a label alone when the statement behind it goes', () => {
    const lines = edited({ do: 'delete', call: 'unlock' }).split('\n');
    expect(lines[lines.indexOf('out:') + 1]).toBe('\t;');
  });

  it('repeats a statement, and adds calls beside one, in braces', () => {
    expect(changed({ do: 'repeat', call: 'lock' })).toEqual(['{ lock(&door); lock(&door); }']);
    expect(
      changed({
        do: 'insert',
        calls: ['unlock', 'relax'],
        argument: 'door',
        side: 'before',
        call: 'lock',
        nth: 1,
      }),
    ).toEqual(['{ unlock(door); relax(door); lock(&door); }']);
  });

  it('moves a statement beside another one', () => {
    expect(changed({ do: 'move', call: 'lock', nth: -1, side: 'behind', to: { call: 'unlock' } })).toEqual([
      ';',
      '{ unlock(&door); lock(&door); }',
    ]);
  });

  it('decides and turns round the condition in which a name stands', () => {
    expect(changed({ do: 'decide', names: 'is_bent', as: 0 })).toEqual(['if (0)']);
    expect(changed({ do: 'negate', names: 'turns' })).toEqual(['if (!(turns++ > 3))']);
  });

  it('takes the header of a loop that a macro makes for a condition', () => {
    expect(changed({ do: 'decide', names: 'n', as: 1 })).toEqual(['for_each_turn(1) {']);
  });

  it('replaces a call, its function, one of its arguments, or a name', () => {
    expect(changed({ do: 'answer', call: 'is_bent', by: '1' })).toEqual(['if (!key || 1)']);
    expect(changed({ do: 'redirect', call: 'is_bent', by: 'is_new' })).toEqual(['if (!key || is_new(key))']);
    expect(changed({ do: 'argue', call: 'creak', position: 2, by: '7' })).toEqual(['min(n, 2), 7);']);
    expect(changed({ do: 'argue', call: 'creak', position: 1, by: '7' })).toEqual(['7, turns);']);
    expect(changed({ do: 'rename', identifier: 'turns', nth: -1, by: 'n' })).toEqual(['return n;']);
  });

  it('touches the function it was asked for and no other', () => {
    expect(changed({ do: 'delete', call: 'unlock' }, 'other')).toEqual([';']);
    expect(edited({ do: 'delete', call: 'unlock' }, 'other')).toContain('out:\n\tunlock(&door);');
  });

  it('takes the definition behind an #else when the first has not what it looks for', () => {
    const two = 'int f(void)\n{\n\treturn 0;\n}\n#else\nint f(void)\n{\n\tg();\n\treturn 1;\n}\n';
    expect(applyEdit(two, 'f', { do: 'delete', call: 'g' })).toBe(two.replace('g();', ';'));
  });
});

describe('an edit is refused', () => {
  it('where the function is not there', () => {
    expect(applyEdit(file, 'shut_door', { do: 'delete', call: 'lock' })).toEqual({
      refused: 'there is no shut_door()',
    });
  });

  it('where the function has no such call, condition or name', () => {
    expect(applyEdit(file, 'other', { do: 'delete', call: 'lock' })).toEqual({
      refused: 'other() has no lock()',
    });
    expect(applyEdit(file, 'other', { do: 'decide', names: 'door', as: 0 })).toEqual({
      refused: 'other() has no condition with door',
    });
    expect(applyEdit(file, 'other', { do: 'rename', identifier: 'key', by: 'door' })).toEqual({
      refused: 'other() has no key',
    });
  });

  it('where the call is a condition and no statement', () => {
    expect(applyEdit(file, 'open_door', { do: 'delete', call: 'is_bent' })).toEqual({
      refused: 'open_door() has no is_bent()',
    });
  });

  it('where the text breaks off', () => {
    expect(applyEdit('int f(void)\n{\n\tif (g(', 'f', { do: 'delete', call: 'g' })).toEqual({
      refused: 'there is no f()',
    });
    expect(applyEdit('int f(void)\n{\n\tif (g()\n}\n', 'f', { do: 'delete', call: 'g' })).toHaveProperty(
      'refused',
    );
  });
});
