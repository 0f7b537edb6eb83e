import type { Config } from '../config/config.js';
import { readSecret } from '../config/secret.js';
import type { SourceHealth } from '../finding/status.js';
import type { Inbox } from '../source/inbox.js';
import { openSource } from '../source/open.js';
import { SourceFailure } from '../source/source-failure.js';
import type { Store } from '../store/store.js';
import { Follower } from './follow.js';
import type { Round } from './ingest.js';

type Source = Config['sources'][number];

export interface FollowersOptions {
  store: Store;
  environment: NodeJS.ProcessEnv;
  now: () => number;
  onRound: (source: string, round: Round) => void;
  onTrouble: (line: string) => void;
}

interface Running {
  source: Source;
  stop: AbortController;
  follower: Follower;
}

async function* nothing(): AsyncGenerator<Buffer> {}

/** Follows the sources of a configuration, and of the next one when it changes. */
export class Followers {
  private running: Running[] = [];

  constructor(private readonly options: FollowersOptions) {}

  /** Goes on with sources that stay as they are, ends those that are gone or changed, and begins the others. */
  async follow(sources: Source[]): Promise<void> {
    const same = (a: Source, b: Source) => JSON.stringify(a) === JSON.stringify(b);
    const ending = this.running.filter((each) => !sources.some((source) => same(source, each.source)));
    await Promise.all(ending.map(end));
    const kept = this.running.filter((each) => !ending.includes(each));
    const fresh = sources.filter((source) => !kept.some((each) => same(source, each.source)));
    this.running = [...kept, ...fresh.map((source) => this.begin(source))];
  }

  private begin(source: Source): Running {
    const stop = new AbortController();
    const { store, now, onRound, onTrouble } = this.options;
    const follower = new Follower({
      name: source.name,
      open: () => this.open(source, stop.signal),
      store,
      signal: stop.signal,
      now,
      onRound: (round) => onRound(source.name, round),
      onTrouble,
    });
    return { source, stop, follower };
  }

  private open({ url, password }: Source, signal: AbortSignal): Promise<Inbox> {
    const { environment, onTrouble } = this.options;
    // The follower begins anew when this patience ends; it hears of the trouble then.
    const patience = { firstMs: 1000, mostMs: 60_000, tries: 5, onTrouble, signal };
    const secret = password === undefined ? {} : { FAULTLINE_PASSWORD: secretOf(password, environment) };
    return openSource(url.replace(/^(?:maildir|mbox):/, ''), {
      environment: secret,
      stdin: nothing(),
      patience,
    });
  }

  health(): SourceHealth[] {
    return this.running.map(({ follower }) => follower.health);
  }

  async stop(): Promise<void> {
    await Promise.all(this.running.map(end));
  }
}

function secretOf(password: NonNullable<Source['password']>, environment: NodeJS.ProcessEnv): string {
  try {
    return readSecret(password, environment);
  } catch (cause) {
    throw new SourceFailure('refused', (cause as Error).message, { cause });
  }
}

async function end({ stop, follower }: Running): Promise<void> {
  stop.abort();
  await follower.ended();
}
