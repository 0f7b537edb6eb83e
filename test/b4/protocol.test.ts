import { readFileSync } from 'node:fs';
import { fastify } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { reviewCommand } from '../../src/command/review.js';
import { stages } from '../../src/command/stages.js';
import { patchsetOf } from '../../src/report/patchset.js';
import { addPatchsets } from '../../src/web/patchsets.js';
import { fakeHost, flags } from '../cli/host.js';
import { expectFile as expectBeside } from '../report/expected.js';
import { message, patch, review, reviewOf } from '../report/sample.js';

/** What b4 reads, byte for byte. README.md in this folder says how a real b4 was asked. */
const expectFile = (name: string, text: string) => expectBeside(name, text, import.meta.url);

const second = {
  ...patch,
  subject: '[PATCH v2 4/4] dax: nothing that is modelled',
  messageId: '20170412.4-dev@example.org',
  touched: [],
  findings: [],
  replays: [],
  notAnalysed: [],
};
const series = { ...reviewOf(patch), patches: [patch, second] };
const blind = reviewOf({
  ...patch,
  findings: [],
  replays: [{ ...patch.replays[0]!, after: 'not-analysed' }],
});
const quiet = reviewOf({ ...patch, findings: [] });

/** The command as b4 starts it, with the mail on its standard input. */
async function asked(format: 'terse' | 'b4', of = review) {
  const { host, output, said } = fakeHost({ review: () => Promise.resolve(of) });
  const code = await reviewCommand('-', { ...flags(), format, failOn: 'introduced' } as never, host);
  // b4 counts every line on standard error as a failure of the patch.
  expect(said()).toBe('');
  return { code, output: output() };
}

describe('the check command of b4', () => {
  it('for prep and am: a line in the words of checkpatch, and none where all is well', async () => {
    const found = await asked('terse');
    expectFile('opens.terse', found.output);
    expect(found.code).toBe(1);
    expectFile('not-analysed.terse', (await asked('terse', blind)).output);
    expect(await asked('terse', quiet)).toEqual({ code: 0, output: '' });
  });

  it('for review: a list of checks in JSON', async () => {
    expectFile('opens.json', (await asked('b4')).output);
    expectFile('not-analysed.json', (await asked('b4', blind)).output);
    expectFile('quiet.json', (await asked('b4', quiet)).output);
    for (const of of [review, blind, quiet])
      for (const check of JSON.parse((await asked('b4', of)).output) as Record<string, unknown>[]) {
        expect(['pass', 'warn', 'fail']).toContain(check.status);
        for (const name of ['tool', 'summary']) expect(typeof check[name]).toBe('string');
      }
  });

  it('of a real mail finds what it opens, and is silent about one that only renames', {
    timeout: 120_000,
  }, async () => {
    const run = async (fixture: string) => {
      const readInput = () => Promise.resolve(readFileSync(`fixtures/${fixture}.mbox`));
      const { host, output, said } = fakeHost(stages, { readInput });
      const given = {
        ...flags({ race: ['dax-pmd-insert-race'] }),
        format: 'terse',
        failOn: 'introduced',
      } as never;
      return { code: await reviewCommand('-', given, host), output: output(), said: said() };
    };
    const found = await run('no-second-lookup');
    expect(found).toMatchObject({ code: 1, said: '' });
    expect(found.output).toMatch(
      /^fs\/dax\.c(?::\d+)?: ERROR: unlocked-entry-path in grab_mapping_entry\(\): [^\n]+\n$/,
    );
    expect(await run('rename-a-local')).toEqual({ code: 0, output: '', said: '' });
  });
});

describe('the endpoint that b4 review asks', () => {
  const messages = new Map([[message.messageId, message]]);
  const server = fastify();
  addPatchsets(server, async (id) =>
    id === message.messageId ? patchsetOf('review-1', 'cover@example.org', series, messages) : undefined,
  );
  afterAll(() => server.close());
  const get = (path: string, id: string) => server.inject(`${path}?id=${encodeURIComponent(id)}`);

  it('answers for a patch with its series', async () => {
    const { statusCode, body } = await get('/api/patchset', message.messageId);
    expect(statusCode).toBe(200);
    expectFile('patchset.json', `${JSON.stringify(JSON.parse(body), null, 2)}\n`);
  });

  it('has the name, too, under which an older b4 asks', async () => {
    const [now, before] = [
      await get('/api/patchset', message.messageId),
      await get('/api/patch', message.messageId),
    ];
    expect(before.body).toBe(now.body);
  });

  it('says with 404 that it knows nothing, which b4 takes for no answer and not for a good one', async () => {
    for (const id of ['nobody@example.org', '', '../x', '<>'])
      expect((await get('/api/patchset', id)).statusCode).toBe(404);
  });
});
