import { type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * Lines of JSON on stderr. What is logged are names and numbers: Message-IDs, sources, ids of reviews. No mail,
 * no subject, no address of a person; what could hold a secret by its name is taken out all the same.
 */
export function openLog(level: string): Log {
  const redact = ['password', '*.password', 'token', '*.token', 'url', '*.url', 'raw', 'mbox', 'body'];
  return pino({ level, redact, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}

/** A lost connection is told by every command that meets it: the same line again within a minute says nothing. */
export function quietly(tell: (line: string) => void): (line: string) => void {
  const last = new Map<string, number>();
  return (line) => {
    const now = performance.now();
    for (const [each, at] of last) if (now - at > 60_000) last.delete(each);
    if (last.has(line)) return;
    last.set(line, now);
    tell(line);
  };
}
