/**
 * Lines that a tool would take out of a mail for itself: `b4` harvests anything that looks like a trailer,
 * mbox readers split at `From `, `patch` and `git am` look for diffs, the bot for commands.
 */
const trailer =
  /^\s*(?:[A-Za-z][\w-]*-by:|(?:Fixes|Closes|Link|Cc|To|From|Subject|Date|Message-Id|Change-Id|References|In-Reply-To|base-commit|X-[\w-]+):|[\w-]{2,}:\s.*(?:@|:\/\/))/i;
const markup = /^(?:From |diff --|---|\+\+\+ |@@ |Index: |#\w|-- ?$)/;

/** The line, with `| ` in front when a tool would harvest it. Quotes are left as they are. */
export function guardLine(line: string): string {
  return !line.startsWith('>') && (trailer.test(line) || markup.test(line)) ? `| ${line}` : line;
}
