import type { Patch } from '../../src/change/patch.js';
import { readPatch } from '../../src/change/read-patch.js';
import { standIns } from '../../src/code/modelled.js';
import { parseMail } from '../../src/mail/parse-mail.js';
import { reviewed } from './mails.js';

/** Parts of a diff that decide what is executed: of the files under review, and of headers. */
function matters(path: string): boolean {
  return reviewed.includes(path) || standIns.includes(path) || /^include\/.*\.h$/.test(path);
}

const kept = ['from', 'date', 'subject', 'message-id', 'in-reply-to', 'references'];

/**
 * The same mail with those parts of its diff only. A tree of another day may not take what a patch does to a
 * driver, and that is no reason why the rest should not be looked at; it is told that it was done.
 */
export async function thinned({ message, files }: Patch): Promise<Patch | undefined> {
  const parts = files.filter(({ oldPath, newPath }) => matters(oldPath) || matters(newPath));
  if (parts.length === 0) return undefined;
  const headers = kept.flatMap((name) =>
    (message.headers.get(name) ?? []).map((value) => `${name}: ${value}\n`),
  );
  const utf8 = message.encoding === 'utf8' ? 'content-type: text/plain; charset=utf-8\n' : '';
  const text = `${headers.join('')}${utf8}\n---\n${parts.map((part) => part.text).join('')}`;
  return readPatch(await parseMail(Buffer.from(text, message.encoding)));
}
