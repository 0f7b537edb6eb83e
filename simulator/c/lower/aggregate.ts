import type { Expression, Initialiser } from '../ast.js';
import { initialise, type Sink, type Target } from '../initialise.js';
import { sizeOf } from '../layout.js';
import { stringSymbol } from '../symbol.js';
import { addressOf, store } from './access.js';
import type { Body } from './body.js';
import { value } from './expression.js';
import type { Place } from './place.js';

/** Gives a local variable (or compound literal) its first value. */
export function initialiseLocal(body: Body, place: Place, initialiser: Initialiser): void {
  const whole = place.type.kind === 'array' || place.type.kind === 'record';
  if (whole && !isOneValue(place, initialiser)) clear(body, place);
  const target: Target = { type: place.type, offset: 0, bits: undefined };
  const sink: Sink = {
    give: (part, e) => {
      const mark = body.mark();
      give(body, place, part, e, whole);
      body.release(mark);
    },
    guess: (reason) => body.guess(reason),
  };
  initialise(target, initialiser, body.scope, sink);
  if (!whole && initialiser.kind === 'list' && initialiser.items.length === 0) {
    store(body, place, body.constant(0n, place.type));
  }
}

/** A struct that is copied from another needs no clearing. */
function isOneValue(place: Place, initialiser: Initialiser): boolean {
  return initialiser.kind === 'value' && place.type.kind === 'record';
}

function clear(body: Body, place: Place): void {
  const mark = body.mark();
  const size = sizeOf(place.type, body.unit);
  if (size > 0) body.emit({ op: 'clear', address: addressOf(body, place), size });
  body.release(mark);
}

function give(body: Body, place: Place, part: Target, e: Expression, cleared: boolean): void {
  const to: Place =
    place.at === 'register'
      ? place
      : { ...place, offset: place.offset + part.offset, type: part.type, bits: part.bits };
  if (part.type.kind === 'array') {
    giveString(body, to, e);
    return;
  }
  const given = value(body, e);
  if (cleared && given.constant === 0n) return;
  store(body, to, given);
}

function giveString(body: Body, to: Place, e: Expression): void {
  if (e.kind !== 'string') {
    body.guess('an array is initialised with what is no string');
    return;
  }
  const symbol = stringSymbol(e.value, body.unit);
  const size = Math.min(symbol.bytes!.length, sizeOf(to.type, body.unit));
  const address = addressOf(body, to);
  if (size > 0) body.emit({ op: 'copy', to: address, from: body.address(symbol, 0n), size });
}
