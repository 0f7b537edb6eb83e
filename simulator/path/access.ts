import type { Instruction, Scalar } from '../vm/program.js';
import { isPrivate, undeclared } from './cells.js';
import { isPage } from './passed.js';
import type { Frame, Held, State } from './state.js';
import { isTerm, placeOf, type Term, type Value } from './term.js';
import type { Standing, Walk } from './walk.js';

/** An instruction that reads or writes memory. Going nowhere ends the path: what a NULL leads to is no path. */
export function access(walk: Walk, state: State, frame: Frame, i: Instruction): Standing | undefined {
  const value = (operand: number) => walk.value(frame, operand);
  const address = (operand: number, offset: number) =>
    walk.around.calculator.binary('add', 64, false, value(operand), offset);
  switch (i.op) {
    case 'load': {
      const from = address(i.address, i.offset);
      if (isNowhere(from) || isNowhere(value(i.address))) return { kind: 'dead' };
      state.facts.follow(from);
      frame.registers[i.d] = state.cells.load(from, bytesOf(i.type));
      return undefined;
    }
    case 'store': {
      const to = address(i.address, i.offset);
      if (isNowhere(to) || isNowhere(value(i.address))) return { kind: 'dead' };
      state.facts.follow(to);
      state.cells.store(to, bytesOf(i.type), value(i.a));
      handOver(state, to, value(i.a));
      return undefined;
    }
    case 'copy':
      state.cells.copyBytes(value(i.to), value(i.from), i.size);
      return undefined;
    case 'clear':
      state.cells.clear(value(i.address), i.size);
      return undefined;
    default:
      return undefined;
  }
}

/**
 * A locked page that is put into an object of the caller's is the caller's to release, wherever the path goes on; so
 * is one whose frame number or the like is put there.
 */
function handOver(state: State, to: Value, what: Value): void {
  if (state.held.length === 0 || !isTerm(what) || isPrivate(placeOf(to).base)) return;
  const isIt = (held: Held) => isPage(held) && isTerm(held.lock) && isMadeOf(what, held.lock);
  if (state.held.some(isIt))
    state.held = state.held.map((held) => (isIt(held) ? { ...held, doubtful: true } : held));
}

/** Whether a value is computed from another, by functions nobody knows, too; but not read through it. */
function isMadeOf(value: Term, other: Term): boolean {
  const met = new Set(value.symbols);
  for (const symbol of met) {
    if (symbol === other) return true;
    const { shape } = symbol;
    if (shape.kind !== 'symbol' || !shape.text.endsWith('()')) continue;
    for (const each of shape.from) if (isTerm(each)) for (const one of each.symbols) met.add(one);
  }
  return false;
}

function isNowhere(address: Value): boolean {
  return !isTerm(address) && address >= -undeclared && address < undeclared;
}

export function bytesOf(type: Scalar): number {
  return type === 'bool' ? 1 : Number(type.slice(1)) / 8;
}
