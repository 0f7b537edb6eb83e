import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import type { ReviewedMessage } from '../../src/finding/message.js';
import { emailReport } from '../../src/report/email.js';
import { expectFile } from './expected.js';
import { hostileText, poison } from './hostile.js';
import { context, finding, message, patch, review, reviewOf } from './sample.js';

const answering = (more: Partial<ReviewedMessage>) =>
  context({ messages: new Map([[message.messageId, { ...message, ...more }]]) });
const bodyOf = (mail: string) => mail.slice(mail.indexOf('\n\n') + 2);
/** What b4 and git take for a trailer: a word with a colon and a person or a URL, wherever it is indented. */
const trailer = /^\s*[A-Za-z][\w-]+:\s.*(@|:\/\/)|^\s*[\w-]+-by:/;

describe('the mail report', () => {
  it('is a mail as kernel people write it', () => {
    expectFile('reply.eml', emailReport(review, context()).output);
  });

  it('parses back to what it answers', async () => {
    const mail = await simpleParser(emailReport(review, context()).output);
    expect(mail.inReplyTo).toBe('<20170412.3-dev@example.org>');
    expect(mail.references).toEqual(['<20170412.0-dev@example.org>', '<20170412.3-dev@example.org>']);
    expect(mail.subject).toBe('Re: [PATCH v2 3/4] dax: drop the second lookup in claim_slot()');
    expect(mail.headers.get('auto-submitted')).toBe('auto-replied');
    expect(mail.to).toMatchObject({ value: [{ address: 'dev@example.org' }] });
    expect(mail.cc).toMatchObject({
      value: [{ address: 'nvdimm@lists.example.org' }, { address: 'fsdevel@lists.example.org' }],
    });
  });

  it('wraps its own words at 72 and its trace below 80, and leaves quotes alone', () => {
    const lines = bodyOf(emailReport(review, context()).output).split('\n');
    for (const line of lines.filter((each) => !each.startsWith('>')))
      expect(line.length).toBeLessThanOrEqual(78);
    expect(lines).toContain(
      '> @@ -88,9 +88,6 @@ static void *claim_slot(struct address_space *mapping, pgoff_t index,',
    );
  });

  it('has a Message-ID that depends on what is answered and on the body, and on nothing else', () => {
    const idOf = (mail: string) => /^Message-ID: (.*)$/m.exec(mail)![1];
    const id = idOf(emailReport(review, context()).output);
    expect(idOf(emailReport(structuredClone(review), context()).output)).toBe(id);
    const other = reviewOf({ ...patch, findings: [{ ...finding, message: 'Other words.' }] });
    expect(idOf(emailReport(other, context()).output)).not.toBe(id);
  });

  it('says its own Message-ID where it asks for a link to itself', () => {
    const { output } = emailReport(review, context());
    const id = /^Message-ID: <(.*)>$/m.exec(output)![1]!;
    expect(output).toContain(`| Closes: https://lore.kernel.org/r/${id}\n`);
  });

  it('tells no folder of the machine that answers', () => {
    const base = { ...patch.base, tree: '/srv/bot/trees/linux-6.12' };
    const { output } = emailReport(reviewOf({ ...patch, base }), {
      ...context(),
      trees: ['/srv/bot/trees/linux-6.12'],
    });
    expect(output).toContain('linux-6.12');
    expect(output).not.toContain('bot/trees');
  });

  it('is silent when nothing is introduced, and says so beside it', () => {
    const notes = (['fixed', 'present', 'unknown-origin'] as const).map((status) => {
      const report = emailReport(reviewOf({ ...patch, findings: [{ ...finding, status }] }), context());
      expect(report.output).toBe('');
      return report.note;
    });
    const doubt = 'of what was found it is not known whether the patch brings it';
    expect(notes).toEqual(
      ['nothing introduced', 'nothing introduced', doubt].map((why) => `${why}; no mail would be sent`),
    );
    const replays = patch.replays.map((replay) => ({ ...replay, after: 'not-analysed' as const }));
    const blind = emailReport(reviewOf({ ...patch, findings: [], replays }), context());
    expect(blind).toEqual({ output: '', note: 'not everything could be analysed; no mail would be sent' });
  });

  it('answers no plain diff and no mail that was damaged on its way', () => {
    expect(emailReport(reviewOf({ ...patch, messageId: null }), context()).output).toBe('');
    const repaired = { ...review, series: { ...review.series, neverAnswer: 'it is a saved page' } };
    expect(emailReport(repaired, context()).output).toBe('');
  });

  it('follows Reply-To, and finds the author of a relayed mail among the copied', async () => {
    const reply = emailReport(
      review,
      answering({ replyTo: [{ name: 'R', address: 'r@example.org' }] }),
    ).output;
    expect((await simpleParser(reply)).to).toMatchObject({ value: [{ address: 'r@example.org' }] });
    const relay = [{ name: 'A via B4 Relay', address: 'devnull+a.example.org@kernel.org' }];
    const relayed = emailReport(review, answering({ from: relay, to: [], cc: message.from })).output;
    expect((await simpleParser(relayed)).to).toMatchObject({ value: [{ address: 'dev@example.org' }] });
  });

  it('never writes to itself and to nobody twice', () => {
    const own = { name: '', address: 'Faultline@localhost' };
    const { output } = emailReport(review, answering({ cc: [own, ...message.to, ...message.to] }));
    expect(output.match(/nvdimm@lists/g)).toHaveLength(1);
    expect(output.split('\n\n')[0]!.match(/faultline@localhost/gi)).toHaveLength(1);
  });

  it('encodes names and subjects that are not ASCII', async () => {
    const subject =
      '[PATCH] dax: größer, and long enough to be folded over more than one header line, I think';
    const from = [{ name: 'Jürgen "J" Müller', address: 'j@example.org' }];
    const { output } = emailReport(review, answering({ subject, from }));
    expect(output.split('\n\n')[0]).toMatch(/^[\x20-\x7e\n]*$/);
    const mail = await simpleParser(output);
    expect(mail.subject).toBe(`Re: ${subject}`);
    expect(mail.to).toMatchObject({ value: [{ name: 'Jürgen "J" Müller', address: 'j@example.org' }] });
  });

  it('quotes the hunk of the place, not the first one', () => {
    const { output } = emailReport(review, context());
    expect(output).toContain('> -\t\tslot = look_again(mapping, index);');
    expect(output).not.toContain('return 1;');
  });

  it('lets no text make a header, a trailer, a diff or a command of its own', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 30 }), (texts) => {
        const at = (n: number) => texts[n % texts.length]!;
        const hostile = answering({
          subject: at(0),
          date: at(1),
          from: [...message.from, { name: at(2), address: at(3) }],
          references: [at(4)],
          diff: message.diff + at(5),
        });
        const { output } = emailReport(poison(review, texts), hostile);
        const [head, ...rest] = output.split('\n\n');
        for (const line of head!.split('\n'))
          expect(line).toMatch(
            /^(From|To|Cc|Subject|In-Reply-To|References|Message-ID|Auto-Submitted|X-Faultline-\w+|MIME-Version|Content-[\w-]+): | /,
          );
        const own = rest
          .join('\n\n')
          .split('\n')
          .filter((line) => !line.startsWith('>'));
        for (const line of own) expect(line).not.toMatch(trailer);
        for (const line of own) expect(line).not.toMatch(/^(From |diff --|--- |\+\+\+ |@@ |#\w)/);
        expect(output).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
      }),
      { numRuns: 300 },
    );
  });
});
