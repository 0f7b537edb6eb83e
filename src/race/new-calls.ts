import type { Code } from '../code/code.js';
import type { Outcome } from './outcome.js';
import { isHarmless } from './taken-for-nothing.js';

/**
 * What came of the code after a patch, with the functions nobody has that it was seen to call and the code before was
 * not. The model takes a call whose value nobody uses for nothing: that is so before and after, unless the patch moves
 * what it did into such a function. Where the scenario was not run to its end before, `was` tells what it calls; what
 * `is` declares itself may be another name of anything (alias, asm, weak), however harmless it sounds.
 */
export function withNewCalls(before: Outcome, after: Outcome, was: Code, is: Code): Outcome {
  const isWhole = before.verdict === 'holds' || before.verdict === 'violated';
  const isCalled = (name: string) =>
    before.unknown.includes(name) || (!isWhole && [...was.files.values()].some((text) => calls(text, name)));
  const isTold = (name: string) => after.why.includes(`${name}() is not modelled and its result is used`);
  const saysOnly = (name: string) =>
    isHarmless(name) && ![...is.files.values()].some((text) => declares(text, name));
  const newCalls = after.unknown.filter((name) => !saysOnly(name) && !isCalled(name) && !isTold(name));
  if (newCalls.length === 0) return after;
  const why = newCalls.map((name) => `${name}() is not modelled, and was not called here before the patch`);
  const verdict = after.verdict === 'holds' ? 'not-analysed' : after.verdict;
  return { ...after, verdict, newCalls, why: [...after.why, ...why] };
}

function calls(text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\s*\\(`).test(text);
}

/** At a line's start or behind a word that begins no statement, as a prototype has it, a directive, or assembly. */
function declares(text: string, name: string): boolean {
  return new RegExp(`(?:^|\\*|(?!\\b(?:else|do|return)\\b)\\b\\w+[ \\t*]+)${name}\\b`, 'm').test(text);
}
