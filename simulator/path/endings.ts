import { isSection, isSwitch } from './passed.js';
import { type Asked, type Frame, type Held, siteOf } from './state.js';

/** What a path had asked, in each of its frames. */
export type AskedBefore = readonly (Asked | undefined)[];

/** Of each thing that is begun so many paths are remembered which end it. */
const most = 200;

/** What paths had asked that ended what begins and ends and is no lock, by the place that began it. */
export class Endings {
  private readonly all = new Map<string, AskedBefore[]>();

  of(site: string): readonly AskedBefore[] {
    return this.all.get(site) ?? [];
  }

  add(lock: Held, frames: readonly Frame[]): void {
    if (!isSection(lock) && !isSwitch(lock)) return;
    const known = this.all.get(siteOf(lock)) ?? [];
    this.all.set(siteOf(lock), known);
    if (known.length < most) known.push(frames.map(({ asked }) => asked));
  }

  forget(): void {
    this.all.clear();
  }
}
