import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Bar } from '../../src/command/exit-code.js';
import { reviewCommand } from '../../src/command/review.js';
import { stages } from '../../src/command/stages.js';
import type { Review } from '../../src/finding/review.js';
import { finding, patch, review, reviewOf } from '../report/sample.js';
import { fakeHost, flags } from './host.js';

const folder = mkdtempSync(join(tmpdir(), 'faultline-'));
const withFlags = (more: object = {}) => ({ ...flags(), failOn: 'introduced' as Bar, ...more });
const answering = (answer: Review) => fakeHost({ review: () => Promise.resolve(answer) });
const clean = { ...patch, findings: [], notAnalysed: [], replays: [patch.replays[1]!] };
const withStatus = (status: 'present' | 'fixed' | 'unknown-origin') =>
  reviewOf({ ...patch, findings: [{ ...finding, status }] });

async function exitOf(answer: Review, failOn: Bar = 'introduced'): Promise<number> {
  return reviewCommand('-', withFlags({ failOn }), answering(answer).host);
}

describe('faultline review', () => {
  it('answers 1 when something is introduced and 0 when nothing is', async () => {
    expect(await exitOf(review)).toBe(1);
    expect(await exitOf(reviewOf(clean))).toBe(0);
    expect(await exitOf(withStatus('fixed'))).toBe(0);
    expect(await exitOf(withStatus('present'))).toBe(0);
  });

  it('moves the bar with --fail-on', async () => {
    expect(await exitOf(withStatus('unknown-origin'), 'unknown-origin')).toBe(1);
    expect(await exitOf(withStatus('present'), 'unknown-origin')).toBe(0);
    expect(await exitOf(withStatus('present'), 'present')).toBe(1);
    expect(await exitOf(reviewOf({ ...clean, notAnalysed: patch.notAnalysed }), 'not-analysed')).toBe(1);
    expect(await exitOf(review, 'never')).toBe(0);
  });

  it('answers 3 when modelled code was touched and none of it could be analysed', async () => {
    const blind = { ...clean, replays: [{ ...clean.replays[0]!, after: 'not-analysed' as const }] };
    expect(await exitOf(reviewOf(blind))).toBe(3);
    expect(await exitOf(reviewOf({ ...clean, replays: [] }))).toBe(3);
    const unnamed = { ...blind, touched: [{ ...clean.touched[0]!, modelled: false }] };
    expect(await exitOf(reviewOf(unnamed))).toBe(3);
    expect(await exitOf(reviewOf({ ...clean, replays: [], touched: [] }))).toBe(0);
  });

  it('tells a problem in one line on stderr and answers its exit code', async () => {
    const problem = { problem: 'hunk 2 of fs/dax.c\ndoes not \x1b[31mapply', exit: 3 };
    const { host, output, said } = fakeHost({ review: () => Promise.resolve(problem) });
    expect(await reviewCommand('-', withFlags(), host)).toBe(3);
    expect(output()).toBe('');
    expect(said()).toBe('faultline: hunk 2 of fs/dax.c does not apply\n');
  });

  it('tells which file cannot be read, and why', async () => {
    const { host, said } = fakeHost({ lookUp: stages.lookUp });
    expect(await reviewCommand(join(folder, 'nothing'), withFlags(), host)).toBe(3);
    expect(said()).toContain('there is no such file');
    expect(await reviewCommand(folder, withFlags(), host)).toBe(3);
    expect(said()).toContain('it is a folder');
  });

  it('does not wait for a person to type a patch', async () => {
    const { host, said } = fakeHost({}, { inputIsTerminal: true });
    expect(await reviewCommand(undefined, withFlags(), host)).toBe(2);
    expect(said()).toContain('give a file');
  });

  it('writes the form that is asked for, or that the name of the output file means', async () => {
    const { host, output } = fakeHost();
    await reviewCommand('-', withFlags({ format: 'json' }), host);
    expect(JSON.parse(output())).toEqual(review);
    const file = join(folder, 'answer.eml');
    await reviewCommand('-', withFlags({ output: file }), host);
    expect(readFileSync(file, 'utf8')).toContain('Auto-Submitted: auto-replied');
  });

  it('says on stderr why there is no mail', async () => {
    const { host, output, said } = answering(reviewOf(clean));
    expect(await reviewCommand('-', withFlags({ format: 'email' }), host)).toBe(0);
    expect(output()).toBe('');
    expect(said()).toBe('faultline: nothing introduced; no mail would be sent\n');
  });

  it('answers 2 when the output file cannot be written', async () => {
    const { host, said } = fakeHost();
    expect(await reviewCommand('-', withFlags({ output: join(folder, 'no', 'such', 'x') }), host)).toBe(2);
    expect(said()).toContain('there is no such folder');
  });

  it('repeats the patch and the trees in the replay command', async () => {
    const file = join(folder, 'a patch.diff');
    writeFileSync(file, 'x');
    const { host, output } = fakeHost();
    await reviewCommand(file, withFlags({ tree: ['linux'] }), host);
    expect(output()).toContain(`--patch '${file}' --tree linux`);
  });

  it('says that what came on stdin is to be saved, and where a mail was found that was named', async () => {
    const piped = fakeHost();
    await reviewCommand('-', withFlags(), piped.host);
    expect(piped.output()).toMatch(
      /with what came on stdin saved as patch\.mbox:\n +faultline replay \S+ --patch patch\.mbox\n/,
    );
    const named = fakeHost({ lookUp: () => Promise.resolve({ bytes: Buffer.from('x') }) });
    await reviewCommand(
      'a@example.org',
      withFlags({ store: 'mail.db', from: 'https://host/list/' }),
      named.host,
    );
    expect(named.output()).toContain('--patch a@example.org --store mail.db --from https://host/list/');
  });

  it('colours a terminal, and obeys NO_COLOR', async () => {
    const terminal = { outputIsTerminal: true, columns: 120 };
    const coloured = fakeHost({}, terminal);
    await reviewCommand('-', withFlags(), coloured.host);
    expect(coloured.output()).toContain('\x1b[');
    const plain = fakeHost({}, { ...terminal, environment: { NO_COLOR: '1' } });
    await reviewCommand('-', withFlags(), plain.host);
    expect(plain.output()).not.toContain('\x1b[');
  });

  it('shows progress only for work over a second, and takes it away again', async () => {
    let clock = 0;
    const slow = (seconds: number) =>
      fakeHost(
        {
          review: (_input, options) => {
            clock = seconds * 1000;
            options.onProgress?.({ what: 'a race', done: 1, of: 3 });
            return Promise.resolve(review);
          },
        },
        { now: () => clock, errorIsTerminal: true },
      );
    const short = slow(0.5);
    await reviewCommand('-', withFlags(), short.host);
    expect(short.said()).toBe('');
    clock = 0;
    const long = slow(2);
    await reviewCommand('-', withFlags(), long.host);
    expect(long.said()).toBe('\r\x1b[Ka race 1/3, 2 s\r\x1b[K');
  });
});
