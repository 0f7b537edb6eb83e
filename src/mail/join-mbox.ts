import { beginsMail, lineAt } from './split-mbox.js';

/** The line that begins a mail; who sent it and when is in its headers. */
const separator = Buffer.from('From mboxrd@z Thu Jan  1 00:00:00 1970\n');

/** mboxrd: a line that could be taken for a beginning gets one `>` more, which reading takes away again. */
function quoted(mail: Buffer): Buffer {
  if (!mail.includes('From ')) return mail;
  return Buffer.from(mail.toString('latin1').replace(/(^|\n)(>*From )/g, '$1>$2'), 'latin1');
}

/** Some programs leave the line of an mbox at the head of a mail that they put into a folder. */
function bare(mail: Buffer): Buffer {
  return beginsMail(mail, 0) ? mail.subarray(lineAt(mail, 0).next) : mail;
}

/** Several mails as one mboxrd. Read again, they are the same but for the line break at their end. */
export function joinMbox(mails: Buffer[]): Buffer {
  return Buffer.concat(
    mails.flatMap((mail) => [
      separator,
      quoted(bare(mail)),
      Buffer.from(mail.at(-1) === 0x0a ? '\n' : '\n\n'),
    ]),
  );
}
