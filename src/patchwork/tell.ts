import { atMost } from '../at-most.js';
import type { Config } from '../config/config.js';
import { strictest } from '../policy/strictest.js';
import type { Unchecked } from '../store/checks.js';
import type { Ledger } from '../store/ledger.js';
import { type Check, checksOf, pending, superseded } from './check.js';
import { type Patchwork, PatchworkRefusal } from './patchwork.js';

type Settings = Config['patchwork'][number];

export interface TellOptions {
  config: () => Config;
  open: (settings: Settings) => Patchwork;
  ledger: Pick<Ledger, 'checks' | 'reviews'>;
  /** Ids of findings that somebody with the right to say so called wrong or meant. */
  disputed: () => ReadonlySet<string>;
  /** Whether nothing may be said until a person has looked. */
  isBraked: () => boolean;
  now: () => number;
  tell: (event: string, names: Record<string, string | number>) => void;
  onTrouble: (line: string) => void;
}

const mostInRound = 20;
/** What is older is nobody's news, and was told or will not be. */
const newsMs = 14 * 86_400_000;
/** Patchwork gets its mail when it does: a patch that it does not have after an hour of asking it will not have. */
const againMs = 60_000;
const mostTries = 60;

/** Shows in Patchworks how it stands with the patches of their lists. What is told twice is shown once. */
export class PatchworkTeller {
  private readonly quietUntilMs = new Map<string, number>();
  private readonly opened = new Map<string, Patchwork>();
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(private readonly options: TellOptions) {}

  /** Asks for a round; while one runs, asking again changes nothing. */
  turn(): void {
    if (this.stopped || this.options.config().patchwork.length === 0) return;
    this.running ??= this.round()
      .catch((error: Error) => this.options.onTrouble(`patchwork: ${error.message.split('\n')[0]}`))
      .finally(() => {
        this.running = undefined;
      });
  }

  /** Resolves when nothing runs any more, or after a time: whatever is cut off is done again. */
  async stop(limitMs: number): Promise<void> {
    this.stopped = true;
    await atMost(limitMs, this.running);
  }

  async round(): Promise<void> {
    const { config, now, isBraked } = this.options;
    for (const settings of config().patchwork) {
      const name = nameOf(settings);
      if (this.stopped) return;
      if (!settings.publish || isBraked() || now() < (this.quietUntilMs.get(name) ?? 0)) continue;
      try {
        await this.tellAll(settings);
      } catch (error) {
        const wait = error instanceof PatchworkRefusal ? error.waitMs : undefined;
        this.quietUntilMs.set(name, now() + (wait ?? againMs));
        this.options.onTrouble(`patchwork ${settings.project}: ${(error as Error).message.split('\n')[0]}`);
      }
    }
  }

  private async tellAll(settings: Settings): Promise<void> {
    const { ledger, now } = this.options;
    const since = now() - newsMs;
    for (const series of ledger.checks.untold(nameOf(settings), since, now(), mostInRound)) {
      if (this.stopped) return;
      if (series.lists.some((list) => settings.lists.includes(list))) await this.tellOne(series, settings);
      else ledger.checks.told(series.review, nameOf(settings), series.wanted);
    }
  }

  private async tellOne(series: Unchecked, settings: Settings): Promise<void> {
    const { config, ledger, now, tell } = this.options;
    const name = nameOf(settings);
    const openMs = series.arrivedMs + strictest(config(), series.lists).embargo;
    // That there is a review is no secret; what came of it is, until the author had time to read of it.
    const isSecret = series.state === 'done' && now() < openMs;
    const patchwork = this.patchwork(settings);
    let missing = 0;
    let posted = 0;
    for (const [messageId, check] of this.checksOf(isSecret ? { ...series, state: 'queued' } : series)) {
      if (this.stopped) return;
      const patch = await patchwork.find(messageId);
      if (patch === undefined) missing++;
      else if (await patchwork.put(patch, check, this.pageOf(series.review))) posted++;
    }
    // Whoever stopped us does not wait for ever, and the store may be closed by now.
    if (this.stopped) return;
    const about = { review: series.review, patchwork: settings.project };
    if (posted > 0) tell('checked', { ...about, checks: posted });
    const isMissing = missing > 0 && series.tries < mostTries;
    if (isMissing || isSecret) {
      const next = isSecret ? openMs : Number.POSITIVE_INFINITY;
      return ledger.checks.later(series.review, name, isMissing ? Math.min(next, now() + againMs) : next);
    }
    ledger.checks.told(series.review, name, series.wanted);
    if (missing > 0) tell('not in Patchwork', { ...about, patches: missing });
  }

  private checksOf({ review, state }: Unchecked): Map<string, Check> {
    const { ledger, disputed } = this.options;
    const patches = ledger.checks.patchesOf(review);
    const result = ledger.reviews.get(review)?.result;
    if (state !== 'done' || result === undefined)
      return new Map(patches.map((id) => [id, state === 'superseded' ? superseded : pending]));
    const against = disputed();
    return checksOf(result, patches, ({ id }) => against.has(id));
  }

  private pageOf(review: string): string {
    const { url } = this.options.config().web;
    return url === undefined ? '' : `${url.replace(/(?<!\/)\/+$/, '')}/series/${encodeURIComponent(review)}`;
  }

  private patchwork(settings: Settings): Patchwork {
    const key = JSON.stringify(settings);
    const patchwork = this.opened.get(key) ?? this.options.open(settings);
    this.opened.set(key, patchwork);
    return patchwork;
  }
}

function nameOf({ url, project, context }: Settings): string {
  return `${url} ${project} ${context}`;
}
