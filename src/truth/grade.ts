import type { Finding } from '../finding/finding.js';
import { isProblem, type Problem } from '../finding/problem.js';
import { wasJudged } from '../finding/reach.js';
import type { PatchReview, Review } from '../finding/review.js';
import type { Answer, TruthCase } from '../finding/truth.js';
import type { Case } from './case.js';

/** What a review came to, the finding that says so, and why it is no better. */
interface Graded {
  answer: Answer;
  finding: Finding | undefined;
  /** Something was introduced that history knows nothing of. */
  alarm?: boolean;
  why: string[];
}

/** Holds both reviews of a case against what history says of it. */
export function grade(
  one: Case,
  reverse: Review | Problem,
  forward: Review | Problem,
): Omit<TruthCase, 'seconds'> {
  const race = one.kind === 'race';
  const back = race ? gradeReverse(one, reverse) : gradeBenign(reverse);
  const on = race ? gradeForward(one, forward) : gradeBenign(forward);
  const ok = race
    ? back.answer === 'introduced' && on.answer === 'fixed' && on.alarm !== true
    : back.answer !== 'false-alarm' && on.answer !== 'false-alarm';
  const told = back.finding ?? on.finding;
  return {
    id: one.id,
    kind: one.kind,
    graded: one.graded,
    forward: on.answer,
    reverse: back.answer,
    rule: told?.rule ?? null,
    function: told?.location.function ?? null,
    ok,
    why: [...labelled('reverse', back.why), ...labelled('forward', on.why)],
  };
}

const labelled = (label: string, why: string[]) => why.map((reason) => `${label}: ${reason}`);

/** Taking a fix back must open the race that it closed. */
function gradeReverse(one: Case, review: Review | Problem): Graded {
  const all = findingsOf(review);
  const found = all.find((each) => each.status === 'introduced' && isAccepted(one, each));
  if (found !== undefined) return { answer: 'introduced', finding: found, why: [] };
  return { answer: without(review), finding: undefined, why: whyWithout(one, review, 'introduced') };
}

/** The fix must close it, and open nothing but what history says that it opened: more is a false alarm. */
function gradeForward(one: Case, review: Review | Problem): Graded {
  const all = findingsOf(review);
  const alarms = all.filter(
    (each) => each.status === 'introduced' && !one.alsoIntroduces.includes(each.rule),
  );
  const found = all.find((each) => each.status === 'fixed' && isAccepted(one, each));
  const told = alarms.map((alarm) => `false alarm: ${tellAlarm(alarm)}`);
  if (found !== undefined) return { answer: 'fixed', finding: found, alarm: alarms.length > 0, why: told };
  const why = [...told, ...whyWithout(one, review, 'fixed')];
  return { answer: without(review), finding: undefined, alarm: alarms.length > 0, why };
}

function gradeBenign(review: Review | Problem): Graded {
  const alarms = findingsOf(review).filter((each) => each.status === 'introduced');
  if (alarms.length > 0) return { answer: 'false-alarm', finding: alarms[0], why: alarms.map(tellAlarm) };
  if (isAnswered(review)) return { answer: 'clean', finding: undefined, why: [] };
  return { answer: 'not-analysed', finding: undefined, why: gapsOf(review) };
}

function findingsOf(review: Review | Problem): Finding[] {
  return isProblem(review) ? [] : review.patches.flatMap((patch) => patch.findings);
}

function isAccepted(one: Case, { rule, location }: Finding): boolean {
  return one.rules.includes(rule) && one.functions.includes(location.function);
}

/** No modelled function was touched, or some that were have been judged: only then silence means anything. */
function isAnswered(review: Review | Problem): boolean {
  if (isProblem(review)) return false;
  const untouched = ({ touched, notAnalysed }: PatchReview) =>
    touched.length === 0 && notAnalysed.length === 0;
  return review.patches.every((patch) => untouched(patch) || wasJudged(patch));
}

function without(review: Review | Problem): Answer {
  return isAnswered(review) ? 'missed' : 'not-analysed';
}

function tellAlarm({ rule, location, race, title }: Finding): string {
  return `introduces ${rule} in ${location.function}()${race === null ? '' : ` (${race})`}: ${title}`;
}

/** Reasons enough to know where to look; a review may have hundreds. */
const reasonLimit = 4;

/** What there was instead of the finding that history asks for. */
function whyWithout(one: Case, review: Review | Problem, wanted: Finding['status']): string[] {
  if (isProblem(review)) return [review.problem];
  const others = findingsOf(review)
    .filter((each) => each.status === wanted || isAccepted(one, each))
    .map((each) => `${each.status}: ${each.rule} in ${each.location.function}() (${each.race ?? 'a path'})`);
  const touched = review.patches.flatMap((patch) => patch.touched);
  const nothing = touched.length === 0 ? ['no function of a modelled file differs'] : [];
  const silence = others.length > 0 ? [] : ['nothing of the kind was found'];
  return [...nothing, ...silence, ...others.slice(0, reasonLimit), ...gapsOf(review)];
}

function gapsOf(review: Review | Problem): string[] {
  if (isProblem(review)) return [review.problem];
  const gaps = review.patches.flatMap((patch) => patch.notAnalysed.map(({ what, why }) => `${what}: ${why}`));
  const more =
    gaps.length > reasonLimit ? [`and ${gaps.length - reasonLimit} more that was not analysed`] : [];
  return [...gaps.slice(0, reasonLimit), ...more];
}
