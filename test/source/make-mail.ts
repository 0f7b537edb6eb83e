/** Lines that some format on the way treats as its own. Each has to come out as it went in. */
const awkward = [
  'From here on a line looks like the beginning of a mail.',
  '>From a quoted one.',
  '.',
  '..two dots',
  'a line of 2000 characters: '.padEnd(2000, 'x'),
  'caf\u00e9, \u00fcber, \u4e2d\u6587',
  '',
  'From somebody Mon Sep 17 00:00:00 2001',
  'and no header behind it',
];

function patchOf(number: number): string[] {
  return [
    `[PATCH] sample: change number ${number}`,
    '---',
    ' fs/sample.c | 2 +-',
    '',
    'diff --git a/fs/sample.c b/fs/sample.c',
    '--- a/fs/sample.c',
    '+++ b/fs/sample.c',
    '@@ -1,3 +1,3 @@',
    ' int before;',
    `-int old${number};`,
    `+int new${number};`,
    ' int after;',
  ];
}

export function messageId(number: number): string {
  return `mail-${number}@example.org`;
}

/** A mail with a number: every third is a patch, every fifth answers another, all end with a line end. */
export function makeMail(number: number, more: string[] = []): Buffer {
  const minute = String(number % 60).padStart(2, '0');
  const hour = String(Math.floor(number / 60) % 24).padStart(2, '0');
  const isPatch = number % 3 === 0;
  const lines = [
    `From: Developer ${number} <dev${number}@example.org>`,
    'To: list@example.org',
    `Subject: ${isPatch ? `[PATCH] sample: change number ${number}` : `Talk ${number}`}`,
    `Date: Thu, 05 Mar 2026 ${hour}:${minute}:00 +0000`,
    `Message-ID: <${messageId(number)}>`,
    ...(number % 5 === 0 && number > 0 ? [`In-Reply-To: <${messageId(number - 1)}>`] : []),
    ...more,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    `This is mail ${number}.`,
    ...awkward,
    ...(isPatch ? patchOf(number) : []),
  ];
  return Buffer.from(`${lines.join('\n')}\n`);
}

export function makeMails(count: number, from = 0): Buffer[] {
  return Array.from({ length: count }, (_, index) => makeMail(from + index));
}

/** The Message-ID that a mail was made with. */
export function idOf(raw: Buffer): string {
  return /^Message-ID: <(.*)>$/im.exec(raw.toString('latin1'))?.[1] ?? 'no Message-ID';
}

/** The text below the headers: archives add headers of their own on the way out. */
export function bodyOf(raw: Buffer): string {
  const text = raw.toString('utf8');
  return text.slice(text.indexOf('\n\n') + 2);
}
