import type { Code } from '../code/code.js';
import type { CheckResult } from '../finding/check.js';
import { judge } from './judge.js';
import { missingAssumptions } from './missing-files.js';
import { boundText, type Outcome } from './outcome.js';
import type { Race } from './race.js';
import { judgeOptions, type SearchOptions } from './search-options.js';
import { witnessText } from './witness.js';

/** Replays one race on code as it stands. */
export function checkRace(race: Race, code: Code, options: SearchOptions): CheckResult {
  const result = resultOf(judge(race, code, judgeOptions(options)));
  if (result.verdict === 'absent') return result;
  return { ...result, assumptions: [...result.assumptions, ...missingAssumptions(race, code)] };
}

function resultOf(outcome: Outcome): CheckResult {
  const first = outcome.violations[0];
  return {
    race: outcome.race.id,
    rule: first?.rule ?? outcome.race.rule,
    verdict: outcome.verdict,
    rules: [...new Set(outcome.violations.map((violation) => violation.rule))],
    signatures: outcome.violations.map((violation) => violation.signature),
    bound: boundText(outcome.bound),
    states: outcome.states,
    location: first === undefined ? null : { file: first.file, line: first.line, function: first.function },
    why: [...new Set(outcome.violations.map((violation) => violation.message)), ...outcome.why],
    assumptions: outcome.assumptions,
    witness: first === undefined ? null : witnessText(outcome, 'after', first),
  };
}
