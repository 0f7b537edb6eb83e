import { describe, expect, it } from 'vitest';
import type { Audience, History } from '../../src/report/context.js';
import { defaultContext } from '../../src/report/context.js';
import { composeMail } from '../../src/report/email.js';
import { context, finding, message, patch, review, reviewOf } from './sample.js';

const clean = reviewOf({ ...patch, findings: [], notAnalysed: [] });
const compose = (of = review, audience: Partial<Audience> = {}, history: Partial<History> = {}) =>
  composeMail(
    of,
    context({
      audience: { ...defaultContext.audience, ...audience },
      history: { ...defaultContext.history, ...history },
    }),
  );
const told = {
  told: new Map([[finding.id, { version: 1, messageId: 'fl.1@bot.example.org', race: finding.race }]]),
};
const addresses = (mail: ReturnType<typeof compose>) =>
  'silent' in mail ? mail.silent : [...mail.to, ...mail.cc].map(({ address }) => address);

describe('a mail reaches', () => {
  it('everybody of the mail that it answers, the author only, or whoever runs Faultline', () => {
    expect(addresses(compose())).toEqual([
      'dev@example.org',
      'nvdimm@lists.example.org',
      'fsdevel@lists.example.org',
    ]);
    expect(addresses(compose(review, { deliver: 'author' }))).toEqual(['dev@example.org']);
    expect(addresses(compose(review, { deliver: 'me', me: 'me@example.org' }))).toEqual(['me@example.org']);
    expect(addresses(compose(review, { deliver: 'me', me: null }))).toBe('nobody is left to answer');
  });

  it('with good news the author and lists, not people who were copied', () => {
    const cc = [...message.cc, { name: '', address: 'busy@example.org' }];
    const mail = composeMail(clean, {
      ...context({ messages: new Map([[message.messageId, { ...message, cc }]]) }),
      audience: { ...defaultContext.audience, sayClean: true },
    });
    expect(addresses(mail)).not.toContain('busy@example.org');
    expect(addresses(mail)).toContain('nvdimm@lists.example.org');
  });

  it('another Message-ID when it goes elsewhere, so that a private copy does not hide the public one', () => {
    const ids = [{}, { deliver: 'author' as const }, { deliver: 'me' as const, me: 'me@example.org' }].map(
      (audience) => {
        const mail = compose(review, audience);
        return 'silent' in mail ? '' : mail.id;
      },
    );
    expect(new Set(ids).size).toBe(3);
  });
});

describe('a mail says', () => {
  it('in one line what an earlier version was told already', () => {
    const mail = compose(review, {}, told);
    expect(mail).toMatchObject({ findings: [] });
    if ('silent' in mail) throw new Error(mail.silent);
    expect(mail.text).toContain('Still present from v1: unlocked-entry-path in claim_slot(), see\n');
    expect(mail.text).toContain('  https://lore.kernel.org/r/fl.1@bot.example.org\n');
    expect(mail.text).not.toContain('To run it again');
  });

  it('nothing of what is disputed', () => {
    expect(compose(review, {}, { disputed: new Set([finding.id]) })).toEqual({
      silent: 'everything that was found is disputed',
    });
  });

  it('nothing when nothing was found, unless the list asked for it', () => {
    expect(compose(clean)).toEqual({ silent: 'nothing introduced' });
    const mail = compose(clean, { sayClean: true });
    expect('silent' in mail ? '' : mail.text).toContain('Nothing introduced: 2 races replayed, complete.');
  });

  it('no "clean" of a series that was not analysed as a whole', () => {
    const blind = reviewOf({ ...patch, findings: [] });
    expect(compose(blind, { sayClean: true })).toEqual({ silent: 'nothing introduced' });
    const dubious = [{ ...finding, status: 'unknown-origin' as const }];
    const unknown = reviewOf({ ...patch, findings: dubious, notAnalysed: [] });
    expect('silent' in compose(unknown, { sayClean: true })).toBe(true);
  });

  it('that a new version fixes what an earlier one was told, where that is asked for', () => {
    expect(compose(clean, {}, told)).toEqual({ silent: 'nothing introduced' });
    // The sample's race is violated after its patch.
    expect(compose(clean, { sayFixed: true }, told)).toEqual({ silent: 'nothing introduced' });
    const held = reviewOf({ ...clean.patches[0]!, replays: [{ ...patch.replays[0]!, after: 'holds' }] });
    const mail = compose(held, { sayFixed: true }, told);
    expect('silent' in mail ? '' : mail.text).toContain(
      'Fixed in v2: what was found in v1 is not there any more.',
    );
  });

  it('to Patchwork that somebody has to act, where the list wants that', () => {
    const mail = compose(review, { actionRequired: true });
    expect('silent' in mail ? '' : mail.text).toContain('\nX-Patchwork-Action-Required: yes\n');
    const quiet = compose(clean, { actionRequired: true, sayClean: true });
    expect('silent' in quiet ? '' : quiet.text).not.toContain('X-Patchwork');
  });

  it('who the person behind it is', () => {
    const mail = composeMail(review, {
      ...context(),
      sender: { ...defaultContext.sender, contact: 'person@example.org' },
    });
    expect('silent' in mail ? '' : mail.text).toContain('person@example.org');
  });
});
