import { describe, expect, it } from 'vitest';
import { changedLines } from '../../../src/code/changed-lines.js';
import type { Code } from '../../../src/code/code.js';
import { oneAnswerGaps } from '../../../src/code/gap/one-answer.js';
import { patchOf } from '../../change/plain-message.js';

const before = `static int take(struct folio *folio, struct file *file)
{
	if (PageHWPoison(&folio->page) &&
	    file) {
		drop(folio);
		return -EIO;
	}
	if (folio->index)
		keep(folio);
	use(folio);
	return 0;
}
`;

const codeOf = (text: string): Code => ({ files: new Map([['mm/filemap.c', text]]), baseline: false });

/** What is said of one line that a patch puts in the place of another. */
function gaps(line: number, text: string): string[] {
  const lines = before.split('\n');
  const diff = `--- a/mm/filemap.c\n+++ b/mm/filemap.c\n@@ -${line} +${line} @@\n-${lines[line - 1]}\n+${text}\n`;
  const after = codeOf(lines.with(line - 1, text).join('\n'));
  return oneAnswerGaps(codeOf(before), after, changedLines(patchOf(diff).files)).map(({ why }) => why);
}

const poisoned = 'what is changed behind PageHWPoison() was not executed: the model answers it in one way';

describe('what stands behind a question that the model answers in one way', () => {
  it('is told where a patch changes it', () => {
    expect(gaps(5, '\t\tforget(folio);')).toEqual([poisoned]);
  });

  it('is told where a patch counts by it', () => {
    expect(gaps(10, '\tuse_all(folio, folio_nr_pages(folio));')).toEqual([
      'what is changed goes by folio_nr_pages(), and no other answer of it was executed: the model answers it in one way',
    ]);
  });

  it('is told where a patch counts by what it was answered before', () => {
    expect(gaps(10, '\tlong nr = folio_nr_pages(folio); use_all(folio, nr);')).toHaveLength(1);
    const counted = before.replace('{\n', '{\n\tlong nr = folio_nr_pages(folio);\n');
    const told = (now: string) => {
      const after = codeOf(counted.replace('use(folio)', now));
      const diff = `--- a/mm/filemap.c\n+++ b/mm/filemap.c\n@@ -11 +11 @@\n-\tuse(folio);\n+\t${now};\n`;
      return oneAnswerGaps(codeOf(counted), after, changedLines(patchOf(diff).files));
    };
    expect(told('use_all(folio, nr)')).toHaveLength(1);
    expect(told('use_all(folio, all)')).toEqual([]);
    expect(told('nr = 2; use_all(folio, nr)')).toEqual([]);
  });

  it('is told where a patch asks it anew', () => {
    expect(gaps(10, '\tif (PageHWPoison(&folio->page)) return 1;')).toEqual([poisoned]);
  });

  it('is told where a patch makes it the condition of what is done otherwise', () => {
    expect(gaps(10, '\tif (!PageHWPoison(&folio->page)) use(folio);')).toEqual([poisoned]);
  });

  it('is told where the model answers so in company of the files that races run together', () => {
    const text = (then: string) => `int f(struct mm_struct *mm)
{
	if (check_stable_address_space(mm))
		return ${then};
	return 0;
}
`;
    const diff = '--- a/mm/memory.c\n+++ b/mm/memory.c\n@@ -4 +4 @@\n-\t\treturn 1;\n+\t\treturn 2;\n';
    const code = (then: string): Code => {
      const others = ['mm/filemap.c', 'mm/truncate.c'].map(
        (path) => [path, 'int filemap_fault(void) { return 0; }\n'] as const,
      );
      return { files: new Map([...others, ['mm/memory.c', text(then)]]), baseline: false };
    };
    const told = oneAnswerGaps(code('1'), code('2'), changedLines(patchOf(diff).files));
    expect(told.map(({ why }) => why)).toEqual([
      poisoned.replace('PageHWPoison', 'check_stable_address_space'),
    ]);
  });

  it('is nothing where the question is open, or nothing but its words is another', () => {
    expect(gaps(9, '\t\tforget(folio);')).toEqual([]);
    expect(gaps(5, '\t\tdrop(folio); /* at once */')).toEqual([]);
  });
});
