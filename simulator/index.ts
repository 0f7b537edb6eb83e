/** The simulator as a library of its own: runs C under all interleavings. */

export { type Act, type Replayed, replay } from './explore/replay.js';
export type { Bounds, Found, Scenario, Segment, Verdict } from './explore/scenario.js';
export { defaultBounds } from './explore/scenario.js';
export { explore, nothing } from './explore/search.js';
export { decodeSchedule, encodeSchedule, programHash } from './explore/witness.js';
export { globalAt } from './vm/machine.js';
export type { Fn, Instruction, Origin, Program } from './vm/program.js';
export { linesOfCode, linesOfRun, type Run } from './vm/runs.js';
export { sameRun } from './vm/same-run.js';
