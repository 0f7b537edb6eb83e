import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/change/change.js';
import { readHeaders } from '../../src/code/header.js';
import { patchedHeaders } from '../../src/code/patched-headers.js';

function change(before: Record<string, string>, after: Record<string, string>): Change {
  const files = Object.keys(after).map((newPath) => {
    return { newPath, oldPath: newPath, kind: newPath in before ? 'modify' : 'add', hunks: [] };
  });
  return { files, before: new Map(Object.entries(before)), after: new Map(Object.entries(after)) } as never;
}

const struct = (...members: string[]) =>
  `struct address_space {\n${members.map((m) => `\t${m}\n`).join('')}};\n`;

describe('headers of a patch', () => {
  it('are taken over whole when the patch adds them', () => {
    const added = { 'include/linux/gate.h': 'struct gate {\n\tint n;\n};\n' };
    const { headers, notAnalysed } = readHeaders(change({}, added));
    expect(headers.added).toEqual([{ path: 'include/linux/gate.h', text: added['include/linux/gate.h'] }]);
    expect(notAnalysed).toEqual([]);
  });

  it('take the place of none of the model, whatever a patch calls them', () => {
    const model = new Map([['prelude.h', '#include "patched.h"\n']]);
    const { headers } = readHeaders(change({}, { 'prelude.h': '#define spin_lock(l)\n' }));
    const patched = patchedHeaders(model, headers);
    expect(patched.get('prelude.h')).toBe(model.get('prelude.h'));
    expect(patched.get('patched.h')).toBe('#include "patch/prelude.h"');
  });

  it('give no member that speaks to the machine', () => {
    const fs = 'include/linux/fs.h';
    for (const member of ['__own x;', 'atomic int x;', `int ${'x'.repeat(100_000)};`]) {
      const { headers, notAnalysed } = readHeaders(change({ [fs]: struct() }, { [fs]: struct(member) }));
      expect([...headers.members], member.slice(0, 20)).toEqual([]);
      expect(notAnalysed).toHaveLength(1);
    }
  });

  it('give members to a struct that the model has', () => {
    const fs = 'include/linux/fs.h';
    const before = struct('unsigned long nrpages;');
    const after = `#include <linux/gate.h>\n${struct('struct gate *gate;\t/* who drops */', 'unsigned long nrpages;')}`;
    const { headers, notAnalysed } = readHeaders(change({ [fs]: before }, { [fs]: after }));
    expect(headers.members).toEqual(new Map([['address_space', ['struct gate *gate;']]]));
    expect(notAnalysed).toEqual([]);
  });

  it('are told where more is changed than that', () => {
    const fs = 'include/linux/fs.h';
    const before = struct('unsigned long nrpages;');
    for (const after of [`${before}#define ONE 1\n`, struct('long nrpages;'), struct()]) {
      const { notAnalysed } = readHeaders(change({ [fs]: before }, { [fs]: after }));
      expect(notAnalysed.map(({ what }) => what)).toEqual([fs]);
    }
  });

  it('are read from hunks where there is no tree: the struct is told by the members around', () => {
    const lines = [
      { kind: 'context', text: '\tspinlock_t i_mmap_lock;' },
      { kind: 'context', text: '\tunsigned int truncate_count;' },
      { kind: 'add', text: '\tgate_t gate;' },
      { kind: 'context', text: '\tunsigned long nrpages;' },
    ];
    const file = { newPath: 'include/linux/fs.h', kind: 'modify', hunks: [{ lines }] };
    const { headers, notAnalysed } = readHeaders({
      files: [file],
      before: new Map(),
      after: new Map(),
    } as never);
    expect(headers.members).toEqual(new Map([['address_space', ['gate_t gate;']]]));
    expect(notAnalysed).toEqual([]);
  });

  it("put members in the place of the model's of the same name", () => {
    const model = new Map([
      ['fs.h', `int before;\n${struct('struct rw_semaphore invalidate_lock;', 'unsigned long nrpages;')}`],
    ]);
    const headers = { added: [], members: new Map([['address_space', ['gate_t invalidate_lock;']]]) };
    const patched = patchedHeaders(model, headers);
    expect(patched.get('fs.h')).toBe(
      `int before;\n${struct('unsigned long nrpages;', 'gate_t invalidate_lock;')}`,
    );
  });
});
