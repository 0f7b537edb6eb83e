import type { Config } from '../config/config.js';
import type { Forge } from '../github/forge.js';
import type { PullName, Repository } from '../github/pull.js';
import type { Objections } from '../reply/objections.js';
import type { Ledger } from '../store/ledger.js';
import type { ProposalName } from '../store/proposals.js';

export type GithubConfig = NonNullable<Config['github']>;
export type RepositoryConfig = GithubConfig['repositories'][number];

/** What whoever follows a forge has at hand. */
export interface Desk {
  forge: Forge;
  github: GithubConfig;
  /** Where an archive shows a Message-ID. */
  archive: string;
  ledger: Pick<Ledger, 'store' | 'reviews' | 'proposals' | 'samePatch'>;
  objections: Objections;
  /** Takes a job back that nobody needs. */
  forget: (review: string) => Promise<void>;
  now: () => number;
  /** Told what happens, by a word and the names it happened to. */
  tell: (event: string, names: Record<string, string | number>) => void;
}

/** How a forge names a repository, from `o/r`. */
export function repositoryOf(repo: string): Repository {
  const [owner = '', name = ''] = repo.split('/');
  return { owner, repo: name };
}

/** The pull request that a proposal is; undefined for a branch and a push. */
export function pullOf({ repo, name }: ProposalName): PullName | undefined {
  const number = /^pull\/(\d{1,9})$/.exec(name)?.[1];
  return number === undefined ? undefined : { ...repositoryOf(repo), number: Number(number) };
}

/** The settings of a repository; forges and people write names in any case. */
export function settingsOf({ repositories }: GithubConfig, repo: string): RepositoryConfig | undefined {
  return repositories.find(({ name }) => name.toLowerCase() === repo.toLowerCase());
}
