import type { Config } from '../config/config.js';
import { readSecret } from '../config/secret.js';
import { ForgeFollower } from '../forge/follow.js';
import { openConfigured } from '../forge/open.js';
import { Patchwork } from '../patchwork/patchwork.js';
import { PatchworkTeller } from '../patchwork/tell.js';
import type { Correspondence } from '../reply/correspondence.js';
import type { Ledger } from '../store/ledger.js';

export interface OutsideParts {
  config: () => Config;
  environment: NodeJS.ProcessEnv;
  ledger: Ledger;
  letters: Correspondence;
  /** Takes a job back that nobody needs. */
  forget: (review: string) => Promise<void>;
  tell: (event: string, names: Record<string, string | number>) => void;
  onTrouble: (line: string) => void;
}

/** What is said on a forge or in a Patchwork may go on for so long after the daemon was told to end. */
const drainMs = 5000;

/** The places besides mail where people work: each in its own time, and no slower one holds up another. */
export class Outside {
  readonly forges: ForgeFollower;
  private readonly patchworks: PatchworkTeller;

  constructor({ environment, letters, ...parts }: OutsideParts) {
    const now = Date.now;
    const { outbox, objections } = letters;
    const isBraked = () => outbox.brake() !== undefined;
    this.forges = new ForgeFollower({
      ...{ ...parts, objections, isBraked, now },
      open: (github) => openConfigured(github, environment),
    });
    this.patchworks = new PatchworkTeller({
      ...{ ...parts, isBraked, now },
      disputed: () => objections.disputed(),
      open: ({ url, project, token, context }) =>
        new Patchwork({ url, project, context, token: readSecret(token, environment) }),
    });
  }

  turn(): void {
    this.forges.turn();
    this.patchworks.turn();
  }

  async stop(): Promise<void> {
    await Promise.all([this.forges.stop(drainMs), this.patchworks.stop(drainMs)]);
  }
}
