import type { Replay } from '../finding/replay.js';
import type { PathRun, Review } from '../finding/review.js';

/** What versions before this one wrote otherwise, or not at all. */
type Old<Part, Since extends keyof Part> = Omit<Part, Since> &
  Partial<Pick<Part, Since>> & { nodes?: number };

/** A report as it was kept, in the shape of today: a store is older than the program that reads it. */
export function readReport(text: string): Review {
  const report = JSON.parse(text) as Review;
  return {
    ...report,
    patches: report.patches.map((patch) => ({
      ...patch,
      replays: patch.replays.map(replayOfToday),
      paths: (patch.paths ?? []).map((run: Old<PathRun, 'assumptions'>) => ({ assumptions: [], ...run })),
    })),
  };
}

/** Search nodes were counted once, and transitions were not. */
function replayOfToday({ nodes: _, ...replay }: Old<Replay, 'transitions'>): Replay {
  return { transitions: 0, ...replay };
}
