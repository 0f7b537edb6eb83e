/** How a daemon fares, as `faultline status` and /status tell it. Times are ms since 1970, null when there was none. */
export interface Status {
  version: string;
  /** Since when the daemon runs; null when it does not, and this was read from its store. */
  startedMs: number | null;
  atMs: number;
  /** `redis`, `local` or `embedded`; null when no daemon ever ran. */
  driver: string | null;
  /** Jobs in the queue; null when it cannot be asked. */
  queue: { waiting: number; active: number; delayed: number; ended: number } | null;
  /** Series by what became of them. */
  series: { due: number; queued: number; done: number; superseded: number };
  /** Reviews by their outcome: `reviewed`, `refused`, `not-analysed (time)`. */
  outcomes: Record<string, number>;
  /** When the last mail of the oldest unreviewed series came. */
  oldestUnreviewedMs: number | null;
  sources: { name: string; lastMailMs: number | null; readMs: number | null; trouble: string | null }[];
  lists: { list: string; lastMailMs: number }[];
  /** Mails that wait for a person. */
  held: number;
  /** Mails of ours that came back within the last week; null when the daemon does not run. */
  bounces: number | null;
}

/** How reading a source fares: when it was last read to its end, and why it cannot be read now. Times are ms since 1970. */
export interface SourceHealth {
  name: string;
  readMs: number | undefined;
  trouble: string | undefined;
}

/** A mail to us that a person has to look at: a confirmation, a probe, a digest, a bounce. */
export interface Notice {
  messageId: string;
  kind: string;
  subject: string;
  /** What it is, and what to do. */
  why: string;
  at: number;
}

/** What is told beside it to who may read the state, and to nobody over HTTP: a confirmation holds what subscribes us. */
export interface FullStatus extends Status {
  /** The newest first. */
  notices: Notice[];
}

/** Why the daemon is not ready; empty when it is. */
export function whyNotReady({ startedMs, queue, sources }: Status): string[] {
  if (startedMs === null) return ['the daemon does not run'];
  const down = sources.filter(({ readMs, trouble }) => trouble !== null || readMs === null);
  return [
    ...(queue === null ? ['the queue cannot be asked'] : []),
    ...down.map(({ name, trouble }) => `source ${name}: ${trouble ?? 'not read yet'}`),
  ];
}
