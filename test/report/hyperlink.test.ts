import { describe, expect, it } from 'vitest';
import { withHyperlinks } from '../../src/report/hyperlink.js';

const seen = (text: string) => text.replace(/\x1b\]8;;[^\x07]*\x07/g, '');

describe('links in a terminal', () => {
  const text =
    'lost-wakeup in dax_unlock_entry()   fs/dax.c:257\n  Known: a, e11f8b7b6c4e ("dax: fix radix tree").\n';

  it('lead to commits and to files that are there, and change nothing that is seen', () => {
    const linked = withHyperlinks(text, (file) => `file:///linux/${file}`);
    expect(linked).toContain(
      '\x1b]8;;https://git.kernel.org/torvalds/c/e11f8b7b6c4e\x07e11f8b7b6c4e\x1b]8;;\x07 ("',
    );
    expect(linked).toContain('\x1b]8;;file:///linux/fs/dax.c\x07fs/dax.c\x1b]8;;\x07:257');
    expect(seen(linked)).toBe(text);
    expect(withHyperlinks(text, () => undefined)).not.toContain('file:');
  });

  it('take no address that could end the sequence', () => {
    expect(withHyperlinks('fs/dax.c:1', () => 'file:///a\x07b')).toBe('fs/dax.c:1');
    expect(withHyperlinks('\u202e../../etc/passwd.c:1', () => undefined)).not.toContain('\x1b');
  });
});
