import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readPatch } from '../../src/change/read-patch.js';
import type { Message } from '../../src/mail/message.js';
import { readMessages } from '../../src/mail/read.js';
import { packageRoot } from '../../src/root.js';

const diff = [
  'diff --git a/fs/dax.c b/fs/dax.c',
  'index 1111111..2222222 100644',
  '--- a/fs/dax.c',
  '+++ b/fs/dax.c',
  '@@ -1,4 +1,4 @@ pick',
  ' \tint found;',
  '-\tfound = look(); ',
  '+\tfound = lock_and_look();',
  ' ',
  ' \treturn found;',
  '',
].join('\n');

const head = [
  'From: =?utf-8?q?J=C3=BCrgen?= Developer <dev@example.org>',
  'To: nvdimm@lists.example.org',
  'Subject: [PATCH] dax: lock',
  ' the lookup',
  'Date: Wed, 12 Apr 2017 10:02:11 +0200',
  'Message-ID: <one@example.org>',
];

function mail(headers: string[], body = `Text.\n---\n${diff}-- \n2.39.5\n`): string {
  return `${[...head, ...headers].join('\n')}\n\n${body}`;
}

async function readOne(text: string | Buffer): Promise<Message> {
  const read = await readMessages(Buffer.from(text));
  if ('problem' in read) throw new Error(read.problem);
  expect(read.messages).toHaveLength(1);
  return read.messages[0]!;
}

describe('a mail', () => {
  it('gives its headers decoded and its patch byte for byte', async () => {
    const message = await readOne(mail([]));
    expect(message).toMatchObject({
      id: 'one@example.org',
      subject: '[PATCH] dax: lock the lookup',
      date: '2017-04-12T08:02:11.000Z',
    });
    expect(message.from).toContain('Jürgen Developer');
    const patch = readPatch(message);
    expect(patch.problems).toEqual([]);
    expect(patch.text).toBe(diff);
    expect(patch.commitMessage).toBe('Text.');
  });

  it('keeps the bytes as they came', async () => {
    const text = mail([]).replaceAll('\n', '\r\n');
    const message = await readOne(text);
    expect(message.raw.toString()).toBe(text);
    expect(readPatch(message).text).toBe(diff);
  });

  it('decodes quoted-printable and base64', async () => {
    const quoted = diff
      .replaceAll('=', '=3D')
      .replaceAll('\t', '=09')
      .replace('look(); ', 'look();=20')
      .replace(/^ $/m, '=20');
    const encodings: [string, string][] = [
      ['quoted-printable', quoted],
      ['base64', Buffer.from(diff).toString('base64').replace(/.{76}/g, '$&\n')],
    ];
    for (const [encoding, body] of encodings) {
      const headers = [
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=utf-8',
        `Content-Transfer-Encoding: ${encoding}`,
      ];
      expect(readPatch(await readOne(mail(headers, body))).text).toBe(diff);
    }
  });

  it('is not joined when it says format=flowed, and loses the blanks that were stuffed in', async () => {
    const headers = [
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8;',
      ' format=flowed; delsp=yes',
    ];
    const stuffed = diff.replace(/^ /gm, '  ');
    for (const body of [diff, stuffed]) {
      const message = await readOne(mail(headers, body));
      expect(message.flowed).toBe(true);
      const patch = readPatch(message);
      expect(patch.problems).toEqual([]);
      expect(patch.text).toBe(diff);
    }
  });

  it('may carry the patch as an attachment', async () => {
    const body = [
      '--x',
      'Content-Type: text/plain',
      '',
      'See below.',
      '--x',
      'Content-Type: text/x-patch; name=a.patch',
      'Content-Disposition: attachment; filename=a.patch',
      '',
      `${diff}--x--`,
      '',
    ].join('\n');
    const message = await readOne(
      mail(['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=x'], body),
    );
    expect(readPatch(message).files.map((file) => file.newPath)).toEqual(['fs/dax.c']);
  });

  it('with an unreadable date has none: it is never now', async () => {
    const message = await readOne(mail([]).replace(/^Date:.*$/m, 'Date: the day before yesterday'));
    expect(message.date).toBeUndefined();
    expect(message.dateText).toBe('the day before yesterday');
  });

  it('answers what In-Reply-To names, not what its comment says', async () => {
    const message = await readOne(
      mail(['In-Reply-To: <a@b> (message from <c@d> of today)', 'References: <x@y>', '\t<a@b>']),
    );
    expect(message.inReplyTo).toEqual(['a@b']);
    expect(message.references).toEqual(['x@y', 'a@b']);
  });

  it('that was posted twice has both Message-IDs', async () => {
    const message = await readOne(mail(['Message-ID: <two@example.org>']));
    expect(message.ids).toEqual(['one@example.org', 'two@example.org']);
  });
});

describe('an mbox', () => {
  const separator = 'From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\n';

  it('is split at From lines that a header follows', async () => {
    const prose = mail([], 'From me at 10:02:11 in 2017\n\nFrom x Mon Sep 17 00:00:00 2001\nno header\n');
    const read = await readMessages(Buffer.from(`${separator}${prose}\n${separator}${mail([])}`));
    expect('messages' in read && read.messages.map((message) => readPatch(message).files.length)).toEqual([
      0, 1,
    ]);
  });

  it('in the mboxrd form loses one quote of each From line', async () => {
    const message = await readOne(separator + mail([], '>From here\n>>From there\n'));
    expect(message.body).toContain('From here\n>From there');
    expect(message.body.startsWith('From here')).toBe(true);
  });

  it('of too many mails is refused', async () => {
    const read = await readMessages(Buffer.from(`${separator}Subject: x\n\ny\n\n`.repeat(501)));
    expect(read).toEqual({ problem: 'the mbox holds more than 500 mails' });
  });
});

describe('a plain diff', () => {
  it('is one message without headers', async () => {
    const message = await readOne(diff);
    expect(message).toMatchObject({ id: undefined, subject: '', from: '', date: undefined });
    expect(message.headers.size).toBe(0);
    expect(readPatch(message).text).toBe(diff);
  });

  it('may begin with the words of git show', async () => {
    const message = await readOne(
      `commit 0123456789\nAuthor: A Developer <dev@example.org>\nDate:   today\n\n    dax: lock\n\n${diff}`,
    );
    expect(readPatch(message).files).toHaveLength(1);
  });

  it('that is not UTF-8 keeps its bytes', async () => {
    const bytes = Buffer.from(diff.replace('return found', 'return \xe9'), 'latin1');
    const message = await readOne(bytes);
    const patch = readPatch(message);
    expect(Buffer.from(patch.text, message.encoding).equals(bytes)).toBe(true);
  });

  it('does not need the mail library', async () => {
    // mailparser takes 70 ms to load; a hook installed on every `git push` must not pay for it.
    const script = `
      import { createRequire } from 'node:module';
      import { readMessages } from './src/mail/read.ts';
      const cache = createRequire(process.cwd() + '/x.js').cache;
      const loaded = () => Object.keys(cache).some((name) => name.includes('mailparser'));
      await readMessages(Buffer.from('diff --git a/x b/x\\n'));
      const early = loaded();
      await readMessages(Buffer.from('Subject: x\\n\\ny\\n'));
      process.stdout.write(early + ' ' + loaded());`;
    const args = ['--import', 'tsx', '--input-type=module', '-e', script];
    const output = execFileSync(process.execPath, args, { cwd: packageRoot, encoding: 'utf8' });
    expect(output).toBe('false true');
  });
});
