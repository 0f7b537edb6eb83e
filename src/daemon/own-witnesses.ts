import type { Finding } from '../finding/finding.js';
import type { Kept } from '../store/kept.js';
import type { OwnWitness } from '../web/board.js';

export interface OwnWitnessParts {
  kept: Kept;
  /** Names the model and the catalogue: what another one said is executed again. */
  version: string;
  execute: (race: string) => Promise<Finding | undefined>;
  onDone: () => void;
}

/** Races on their own broken code: executed when one is first asked for, one at a time, and then kept. */
export class OwnWitnesses {
  private readonly states = new Map<string, OwnWitness>();
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly parts: OwnWitnessParts) {}

  get(race: string): OwnWitness {
    const known = this.states.get(race) ?? this.recall(race);
    if (known !== undefined) return known;
    this.states.set(race, { state: 'executing' });
    this.last = this.last.then(() => this.execute(race));
    return { state: 'executing' };
  }

  private recall(race: string): OwnWitness | undefined {
    const text = this.parts.kept.get(`witness ${race}`, this.parts.version);
    return text === undefined ? undefined : { state: 'shown', finding: JSON.parse(text) as Finding };
  }

  private async execute(race: string): Promise<void> {
    const { kept, version, execute, onDone } = this.parts;
    try {
      const finding = await execute(race);
      if (finding === undefined)
        this.states.set(race, { state: 'failed', why: 'its own code did not show it' });
      else {
        kept.put(`witness ${race}`, version, JSON.stringify(finding));
        this.states.delete(race);
      }
    } catch (error) {
      this.states.set(race, { state: 'failed', why: (error as Error).message.split('\n')[0]! });
    }
    onDone();
  }
}
