import type { Statement } from '../ast.js';
import { constant } from '../constant.js';
import { Failure } from '../failure.js';
import {
  canonical,
  type IntegerScalar,
  isSigned,
  promoted,
  scalarOf,
  scalarSize,
  scalarType,
  type Type,
  wrap,
} from '../type.js';
import { copied } from './access.js';
import { type Body, isPlainWord, type SwitchTarget } from './body.js';
import { convert } from './convert.js';
import { value } from './expression.js';
import { withCleanups } from './jump.js';
import { statement } from './statement.js';

/** The body first, collecting its cases; the dispatch behind it, where all of them are known. */
export function switchOn(body: Body, s: Extract<Statement, { kind: 'switch' }>): void {
  const given = value(body, s.value);
  const type = scalarType(promoted(given.type));
  const converted = convert(body, given, type);
  const held = converted.constant === undefined ? copied(body, converted) : converted;
  const [dispatch, end] = [body.newLabel(), body.newLabel()];
  const { line, switchTarget, breakExit, cleanup } = body;
  const target: SwitchTarget = { cases: [], named: [], otherwise: undefined, unsure: false, type };
  body.switchTarget = target;
  body.breakExit = { label: end, cleanup };
  body.jump(dispatch);
  body.inScope(() => withCleanups(body, () => statement(body, s.body)));
  body.jump(end);
  body.switchTarget = switchTarget;
  body.breakExit = breakExit;
  body.bind(dispatch);
  body.line = line;
  if (target.unsure) body.guess('the value of a case is not known');
  if (held.constant !== undefined) dispatchKnown(body, target, held.constant, end);
  else dispatchOn(body, target, held.operand, end);
  body.bind(end);
}

function dispatchKnown(body: Body, target: SwitchTarget, known: bigint, end: number): void {
  const hit = target.cases.find(({ from, to }) => known >= from && known <= to);
  body.jump(hit?.label ?? target.otherwise ?? end);
}

function dispatchOn(body: Body, target: SwitchTarget, a: number, end: number): void {
  const cases: [number, number][] = [];
  for (const { from, to, label } of target.cases) {
    if (to - from > 64n || !isPlain(target.type, from, to)) rangeTest(body, target, a, { from, to, label });
    else for (let n = from; n <= to; n++) cases.push([body.constant(n, target.type).operand, label]);
  }
  // What the names stand for is looked up at the switch, which is where a trace shows it.
  for (const { value: name, label } of target.named)
    cases.push([convert(body, value(body, { ...name, line: 0 }), target.type).operand, label]);
  body.emit({ op: 'switch', a, cases, otherwise: target.otherwise ?? end });
}

function isPlain(type: Type, from: bigint, to: bigint): boolean {
  const scalar = scalarOf(type);
  return [from, to].every((value) => isPlainWord(canonical(value, scalar), type));
}

/** `case a ... b` over many values: two comparisons before the table. */
function rangeTest(body: Body, target: SwitchTarget, a: number, range: SwitchTarget['cases'][number]): void {
  const scalar = promoted(target.type);
  const [above, next] = [body.newLabel(), body.newLabel()];
  const mark = body.mark();
  const { type } = target;
  const from = body.constant(range.from, type).operand;
  const to = body.constant(range.to, type).operand;
  const low = body.compute((d) => ({ op: 'binary', f: 'le', ...widthOf(scalar), d, a: from, b: a }));
  body.branch(low, above, next);
  body.bind(above);
  const high = body.compute((d) => ({ op: 'binary', f: 'le', ...widthOf(scalar), d, a, b: to }));
  body.branch(high, range.label, next);
  body.bind(next);
  body.release(mark);
}

function widthOf(scalar: IntegerScalar): { width: 32 | 64; signed: boolean } {
  return { width: scalarSize(scalar) === 8 ? 64 : 32, signed: isSigned(scalar) };
}

/** In an open session a case of unknown value stays in reach, under a value from here on. */
const unsureCase = 0x7ead_0000n;

export function caseLabel(body: Body, s: Extract<Statement, { kind: 'case' }>): void {
  const target = body.switchTarget;
  if (!target) throw new Failure('case outside of a switch');
  const label = body.newLabel();
  body.bind(label);
  if (!s.value) {
    target.otherwise = label;
    return;
  }
  const scalar = promoted(target.type);
  const from = constant(s.value, body.scope);
  const to = s.to ? constant(s.to, body.scope) : from;
  if (!from || from.base || !to || to.base) {
    target.unsure = true;
    if (!body.unit.session.open) return;
    if (s.value.kind === 'name' && !s.to) {
      target.named.push({ value: s.value, label });
      return;
    }
    const stand = unsureCase + BigInt(label & 0xffff);
    target.cases.push({ from: stand, to: stand, label });
  } else target.cases.push({ from: wrap(from.value, scalar), to: wrap(to.value, scalar), label });
}
