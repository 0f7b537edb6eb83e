/**
 * The simulator as a library of its own: `compile` makes a program of C, `explore` runs a scenario of it under all
 * interleavings, `replay` executes one of them again.
 */

export { type Compilation, compile, type Source } from './c/compile.js';
export { type Survey, survey } from './c/survey.js';
export { type Act, type Replayed, replay } from './explore/replay.js';
export type { Bounds, Found, Scenario, Segment, Verdict } from './explore/scenario.js';
export { defaultBounds } from './explore/scenario.js';
export { explore } from './explore/search.js';
export { decodeSchedule, encodeSchedule, programHash } from './explore/witness.js';
export { globalAt } from './vm/machine.js';
export type { Fn, Instruction, Origin, Program } from './vm/program.js';
export { leadsOfCode, leadsOfRun, linesOfCode, linesOfRun, type Run } from './vm/runs.js';
export { sameRun } from './vm/same-run.js';
export { monitor } from './vm/thread.js';
