import { applyEdit } from './apply-edit.js';
import type { Edit, Refused } from './edit.js';

/** A version of a file with one mistake in it that somebody could make. */
export interface Mutant {
  name: string;
  /** What is wrong now, in a few words. */
  about: string;
  /** The function that is edited: the first of these names that the file has and that fits. */
  functions: string[];
  edits: Edit[];
}

export interface Mutated {
  function: string;
  text: string;
}

/** Applies every edit, one after the other, or says for each function why that is not possible. */
export function makeMutant(text: string, mutant: Mutant): Mutated | Refused {
  const reasons: string[] = [];
  for (const name of mutant.functions) {
    let edited: string | Refused = text;
    for (const edit of mutant.edits) {
      if (typeof edited === 'string') edited = applyEdit(edited, name, edit);
    }
    if (typeof edited === 'string') return { function: name, text: edited };
    reasons.push(edited.refused);
  }
  return { refused: reasons.join(', ') };
}
