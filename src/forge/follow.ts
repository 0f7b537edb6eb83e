import { atMost } from '../at-most.js';
import type { Config } from '../config/config.js';
import type { SourceHealth } from '../finding/status.js';
import { type Forge, mayAskAgainMs, statusOf } from '../github/forge.js';
import type { Objections } from '../reply/objections.js';
import type { Ledger } from '../store/ledger.js';
import type { ProposalName } from '../store/proposals.js';
import type { Desk, GithubConfig } from './desk.js';
import { look, MovedOn } from './look.js';
import { obeyComment } from './obey-comment.js';
import { pollRepository } from './poll-repository.js';
import { say } from './say.js';

/** Things of each kind in one round; what is left goes in the next. */
const mostInRound = 10;
/** What failed is tried again after this, unless the forge says when. */
const againMs = 60_000;
/** A proposal that moves while it is looked at is looked at again after this. */
const movedMs = 2000;

export interface FollowForgeOptions {
  config: () => Config;
  /** Opens the forge; asked again when that failed. */
  open: (github: GithubConfig) => Promise<Forge>;
  ledger: Ledger;
  objections: Objections;
  /** Whether nothing may be said until a person has looked. */
  isBraked: () => boolean;
  forget: (review: string) => Promise<void>;
  now: () => number;
  tell: Desk['tell'];
  onTrouble: (line: string) => void;
}

/**
 * Follows the repositories of a forge. All it knows is in the store: whatever fails or is cut off is done again, and
 * doing it again changes nothing. Only one round runs at a time, and nobody waits for it.
 */
export class ForgeFollower {
  private forge: Forge | undefined;
  private readonly polledMs = new Map<string, number>();
  /** Until then the forge wants to be left alone. */
  private quietUntilMs = 0;
  private running: Promise<void> | undefined;
  private stopped = false;
  /** How each repository fares, as sources do. */
  private readonly states = new Map<string, Omit<SourceHealth, 'name'>>();

  constructor(private readonly options: FollowForgeOptions) {}

  /** Asks for a round; while one runs, asking again changes nothing. */
  turn(): void {
    if (this.stopped || this.options.config().github === undefined) return;
    this.running ??= this.round()
      .catch((error: Error) => this.options.onTrouble(`forge: ${lineOf(error)}`))
      .finally(() => {
        this.running = undefined;
      });
  }

  /** Resolves when nothing runs any more, or after a time: whatever is cut off is done again. */
  async stop(limitMs: number): Promise<void> {
    this.stopped = true;
    await atMost(limitMs, this.running);
  }

  health(): SourceHealth[] {
    const { github } = this.options.config();
    return (github?.repositories ?? []).map(({ name }) => ({
      name: `github:${name}`,
      ...(this.states.get(name) ?? { readMs: undefined, trouble: undefined }),
    }));
  }

  async round(): Promise<void> {
    const { config, now, open, ledger } = this.options;
    const { github, identity } = config();
    if (github === undefined || now() < this.quietUntilMs) return;
    try {
      this.forge ??= await open(github);
    } catch (error) {
      this.trouble('the forge cannot be opened', error);
      for (const { name } of github.repositories) this.stumble(name, error);
      return;
    }
    const desk = { ...this.options, forge: this.forge, github, archive: identity.archive, ledger };
    await this.pollAll(desk);
    const { proposals } = ledger;
    // What a comment is about has to be known before it is obeyed.
    for (const at of proposals.due(now(), mostInRound)) await this.lookAt(at, desk);
    for (const spoken of proposals.unheard(mostInRound)) await this.try(() => obeyComment(spoken, desk));
    if (this.options.isBraked()) return;
    for (const unsaid of proposals.unsaid(now(), mostInRound))
      if (!(await this.try(() => say(unsaid, desk)))) proposals.sayLater(unsaid, now() + againMs);
  }

  private async pollAll(desk: Desk): Promise<void> {
    for (const settings of desk.github.repositories) {
      const { name } = settings;
      if (desk.now() < (this.polledMs.get(name) ?? 0) + desk.github.poll) continue;
      this.polledMs.set(name, desk.now());
      const fine = await this.try(() => pollRepository(settings, desk), name);
      if (fine) this.states.set(name, { readMs: desk.now(), trouble: undefined });
    }
  }

  private async lookAt(at: ProposalName, desk: Desk): Promise<void> {
    const { proposals } = desk.ledger;
    let moved = false;
    const fine = await this.try(() =>
      look(at, desk).catch((error: Error) => {
        if (!(error instanceof MovedOn)) throw error;
        moved = true;
      }),
    );
    if (moved) proposals.postpone(at, desk.now() + movedMs);
    else if (!fine) proposals.postpone(at, desk.now() + againMs);
  }

  /** Answers whether it was done. What a forge refuses is told by its number: its words may repeat what we sent. */
  private async try(work: () => Promise<void>, repository?: string): Promise<boolean> {
    const { now } = this.options;
    if (this.stopped || now() < this.quietUntilMs) return false;
    try {
      await work();
      return true;
    } catch (error) {
      this.quietUntilMs = Math.max(this.quietUntilMs, quietUntil(error, now()));
      this.trouble(repository ?? 'the forge', error);
      if (repository !== undefined) this.stumble(repository, error);
      return false;
    }
  }

  private stumble(repository: string, error: unknown): void {
    const { readMs } = this.states.get(repository) ?? {};
    this.states.set(repository, { readMs, trouble: reasonOf(error) });
  }

  private trouble(what: string, error: unknown): void {
    this.options.onTrouble(`${what}: ${reasonOf(error)}`);
  }
}

/** Who is told "not so fast" asks for nothing, of whatever, until it is said or usual. */
function quietUntil(error: unknown, nowMs: number): number {
  const status = statusOf(error);
  const said = mayAskAgainMs(error, nowMs);
  if (said !== undefined) return said;
  return status === 429 || (status === 403 && /rate limit/i.test((error as Error).message))
    ? nowMs + againMs
    : 0;
}

function reasonOf(error: unknown): string {
  const status = statusOf(error);
  if (status === undefined) return lineOf(error as Error);
  if (status === 401) return 'it does not accept the token or the key';
  if (status === 404) return 'it is not there, or may not be seen (404)';
  return `the forge answered ${status}`;
}

/** The first line, without what an address or a key may stand in. */
function lineOf({ message }: Error): string {
  return message
    .slice(0, 2000)
    .split('\n')[0]!
    .replace(/\S+:\/\/\S+/g, '(an address)')
    .slice(0, 200);
}
