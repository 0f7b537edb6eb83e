import { expect, it } from 'vitest';
import { movedAway } from '../../../src/code/gap/moved.js';

const gone = (name: string) => ({ file: 'fs/dax.c', name, only: 'before' as const });
const text = 'int helper(void)\n{\n\treturn calls();\n}\nint other(void)\n{\n\treturn 0;\n}\n';
const change = { before: new Map<string, string>(), after: new Map([['fs/dax/core.c', text]]) };

it('tells of functions that stand in a file now which no scenario executes', () => {
  expect(movedAway(change, [gone('helper'), gone('other'), gone('calls')])).toEqual([
    {
      what: 'fs/dax/core.c',
      why: 'the patch moves helper() and 1 more there, and no scenario executes that file',
      modelled: true,
    },
  ]);
});

it('has nothing to say of one that is only called there, is still where it was, or went to a file that runs', () => {
  expect(movedAway(change, [gone('calls')])).toEqual([]);
  expect(movedAway(change, [{ file: 'fs/dax.c', name: 'helper', only: undefined }])).toEqual([]);
  expect(movedAway({ ...change, after: new Map([['mm/truncate.c', text]]) }, [gone('helper')])).toEqual([]);
  expect(movedAway({ ...change, before: change.after }, [gone('helper')])).toEqual([]);
});
