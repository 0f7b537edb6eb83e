import { describe, expect, it } from 'vitest';
import { withoutRedefined } from '../../../src/code/gap/redefined.js';

const text = `#include <linux/dax.h>

#ifdef CONFIG_FS_DAX_PMD
static int huge;
#endif

static void put(struct xa_state *xas)
{
	xas_lock_irq(xas);
	xas_unlock_irq(xas);
}
`;

/** What is told of a file in which the patch adds lines below the includes, and whether the file is looked at. */
function told(added: string, path = 'fs/dax.c') {
  const after = text.replace('dax.h>\n', `dax.h>\n${added}`);
  const { change, notAnalysed } = withoutRedefined({
    before: new Map([[path, text]]),
    after: new Map([[path, after]]),
    files: [],
  });
  const gaps = notAnalysed.map(({ why, modelled }) => `${why}${modelled ? '' : ' (not modelled)'}`);
  return { gaps, isLookedAt: change.after.has(path) };
}

describe('what a patch gives another meaning within a file', () => {
  it('leaves the file out where headers use the name, as calls or within their macros', () => {
    const why =
      "which the kernel's headers use: what becomes of their macros is not known, and the file is left out";
    const noLock = '#define xas_lock_irq(x) do { } while (0)\n#define xas_unlock_irq(x) do { } while (0)\n';
    expect(told(noLock)).toEqual({
      gaps: [`the patch defines xas_lock_irq, xas_unlock_irq, ${why}`],
      isLookedAt: false,
    });
    expect(told('#undef locked\n').gaps).toEqual([`the patch undefines locked, ${why}`]);
    expect(told(noLock, 'fs/other.c')).toMatchObject({ isLookedAt: false });
    expect(told('#define lock \\\n\tlock_of\n', 'fs/other.c').gaps).toEqual([
      `the patch defines lock, ${why} (not modelled)`,
    ]);
  });

  it('is another configuration where the file asks for it, and a matter of headers where it does not', () => {
    expect(told('#undef CONFIG_FS_DAX_PMD\n')).toEqual({
      gaps: [
        'the patch undefines CONFIG_FS_DAX_PMD: before and after are two configurations, and the file is left out',
      ],
      isLookedAt: false,
    });
    expect(told('#define CONFIG_SMP 1\n')).toEqual({
      gaps: ['the patch defines CONFIG_SMP: what headers make of it is not read'],
      isLookedAt: true,
    });
  });

  it('is nothing to tell of where the name is the file’s own', () => {
    expect(told('#define pr_fmt(fmt) "dax: " fmt\n#define DAX_TRIES 4\n')).toEqual({
      gaps: [],
      isLookedAt: true,
    });
  });

  it('is said to every file of the patch by a header that it adds', () => {
    const { change, notAnalysed } = withoutRedefined({
      before: new Map([['fs/dax.c', text]]),
      after: new Map([
        ['fs/dax.c', text],
        ['fs/dax-lock.h', '#define spin_lock(lock) do { } while (0)\n'],
      ]),
      files: [],
    });
    expect([...change.after.keys()]).toEqual([]);
    expect(notAnalysed).toMatchObject([{ what: 'fs/dax-lock.h', modelled: true }]);
  });
});
