/** Headers that the text of a patch may begin with; they override those of the mail. */
export interface InBody {
  from: string | undefined;
  subject: string | undefined;
  date: string | undefined;
}

const field = /^(from|subject|date):\s+(\S.{0,998})$/i;

/**
 * The header lines at the start of a text, up to its first empty line, as git reads them: a patch that is
 * passed on, or sent through a relay, names its author there.
 */
export function readInBody(body: string): InBody {
  const found: InBody = { from: undefined, subject: undefined, date: undefined };
  const lines = body
    .slice(0, 8192)
    .replace(/^\s*\n/, '')
    .split('\n');
  for (const line of lines.slice(0, 10)) {
    const match = field.exec(line.trimEnd());
    if (!match) break;
    const name = match[1]!.toLowerCase() as keyof InBody;
    found[name] ??= match[2]!.trim();
  }
  return found;
}
