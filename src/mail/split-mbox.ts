const newline = 0x0a;

/** A line that begins a mail in an mbox has a sender, a time, and a year at its end; one pattern would take cubic time. */
function isSeparator(line: string): boolean {
  return /^From \S.*\d:\d{2}:\d{2}/.test(line) && / \d{4}\r?$/.test(line);
}

/** The line that begins at an index, and the index of the next. */
export function lineAt(bytes: Buffer, from: number): { text: string; next: number } {
  const end = bytes.indexOf(newline, from);
  const stop = end < 0 ? bytes.length : end;
  // Only the beginning of a line matters here, and a line may be megabytes long.
  return {
    text: bytes.toString('latin1', from, Math.min(stop, from + 1000)),
    next: end < 0 ? stop : end + 1,
  };
}

/** Whether a `From ` line stands here and a header follows: a commit message may hold the same words. */
export function beginsMail(bytes: Buffer, at: number): boolean {
  const line = lineAt(bytes, at);
  return isSeparator(line.text) && /^[!-9;-~]+:/.test(lineAt(bytes, line.next).text);
}

/** mboxrd writes one `>` more before every `From ` line, however many there are. */
export function withoutQuoting(mail: Buffer): Buffer {
  if (!mail.includes('>From ')) return mail;
  const text = mail.toString('latin1');
  return Buffer.from(text.replace(/(^|\n)>(>*From )/g, '$1$2'), 'latin1');
}

/** Whether the bytes begin as an mbox does. */
export function isMbox(bytes: Buffer): boolean {
  return beginsMail(bytes, 0);
}

/**
 * The mails of an mbox or mboxrd, without their `From ` lines, each as the bytes of one mail. At most `most`
 * are given back; `more` says that there were others.
 */
export function splitMbox(bytes: Buffer, most: number): { mails: Buffer[]; more: boolean } {
  const starts: number[] = [];
  let blank = true;
  for (let at = 0; at < bytes.length && starts.length <= most; ) {
    const { text, next } = lineAt(bytes, at);
    if (blank && text.startsWith('From ') && beginsMail(bytes, at)) starts.push(at);
    blank = text === '' || text === '\r';
    at = next;
  }
  const mails = starts.slice(0, most).map((start, index) => {
    const end = starts[index + 1] ?? bytes.length;
    return withoutQuoting(bytes.subarray(lineAt(bytes, start).next, end));
  });
  return { mails, more: starts.length > most };
}
