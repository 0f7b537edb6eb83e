import type { Moment } from '../../simulator/path/event.js';
import { excusedFrom, type PathRule } from '../../simulator/path/rule.js';
import { isTerm, type Term, type Value } from '../../simulator/path/term.js';
import { unsetIn } from '../../simulator/path/unset.js';

/** What a variable holds is used on a path on which nobody has set it. */
export const unsetVariable: PathRule = {
  rule: 'unset-variable',
  title: 'a variable is used that nobody has set',
  advice: 'set it where it is declared, or on each path that comes there',
  watch: (moment) => {
    const { event, state } = moment;
    if (event.kind === 'ask' && isOfConstant(event.subject) && hasUnset(moment)) state.marks.set(ofNames, 1);
    if (event.kind !== 'unset') return undefined;
    const { name, firm } = event.variable;
    const isFirm = firm.has(event.at) && !state.marks.has(ofNames);
    const excuse = isFirm
      ? undefined
      : `what may set ${name}, a loop, a case or a comparison with a constant, does so`;
    return { object: name, message: `nothing on this path has set ${name}, which is used here`, excuse };
  },
};

/** The mark of a path that something was compared on with a constant of a header: `err != nfs_ok` may be `err`. */
const ofNames = excusedFrom('what constants are');

const hasUnset = ({ state }: Moment): boolean => unsetIn(state.frames[0]!.fn).length > 0;

function isOfConstant({ shape }: Term): boolean {
  return (
    shape.kind === 'binary' &&
    (shape.f === 'eq' || shape.f === 'ne') &&
    [shape.a, shape.b].some(isDeclaredElsewhere)
  );
}

/** What is read by a name that the file does not declare. */
function isDeclaredElsewhere(value: Value): boolean {
  const [from] = isTerm(value) && value.shape.kind === 'symbol' ? value.shape.from : [];
  return (
    from !== undefined && isTerm(from) && from.shape.kind === 'symbol' && from.shape.text.startsWith('&')
  );
}
