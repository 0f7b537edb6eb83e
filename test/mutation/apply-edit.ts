import type { Anchor, Edit, Refused } from './edit.js';
import { findFunction, type Range } from './find-function.js';
import {
  argumentsOf,
  findCalls,
  findConditions,
  findIdentifier,
  findStatements,
  pick,
} from './find-place.js';
import { maskText } from './mask.js';
import { parseStatement, type Statement } from './parse-statements.js';

/** New text for a range of the old. */
interface Change extends Range {
  text: string;
}

/** Edits one function of a file; lines stay where they are. */
export function applyEdit(text: string, name: string, edit: Edit): string | Refused {
  const masked = maskText(text);
  const bodies = findFunction(masked, name);
  if (bodies.length === 0) return { refused: `there is no ${name}()` };
  let unread = false;
  for (const { from } of bodies) {
    const body = parseStatement(masked, from);
    if (body === undefined) {
      unread = true;
      continue;
    }
    const changes = changesOf(text, masked, body, edit);
    if (changes.length > 0) return replaceAll(text, changes);
  }
  return { refused: unread ? `${name}() cannot be read` : `${name}() has no ${anchorOf(edit)}` };
}

function anchorOf(edit: Edit): string {
  if (edit.do === 'rename') return edit.identifier;
  if (edit.do === 'decide' || edit.do === 'negate') return `condition with ${edit.names}`;
  return edit.do === 'move' ? `${edit.call}() and ${edit.to.call}()` : `${edit.call}()`;
}

function changesOf(text: string, masked: string, body: Statement, edit: Edit): Change[] {
  const source = ({ from, to }: Range) => text.slice(from, to);
  const statements = (anchor: Anchor) => findStatements(masked, body, anchor);
  const calls = (anchor: Anchor) => pick(findCalls(masked, body, anchor.call), anchor.nth);
  switch (edit.do) {
    case 'delete':
      return statements(edit).map((place) => ({ ...place, text: emptied(source(place)) }));
    case 'repeat':
      return statements(edit).map((place) => beside(place, source(place), 'behind', source(place)));
    case 'move':
      return moved(text, statements(edit), statements(edit.to), edit.side);
    case 'insert':
      return statements(edit).map((place) =>
        beside(
          place,
          source(place),
          edit.side,
          edit.calls.map((call) => `${call}(${edit.argument});`).join(' '),
        ),
      );
    case 'decide':
      return findConditions(masked, body, edit.names, edit.nth).map((place) => ({
        ...place,
        text: `${edit.as}${lineEnds(source(place))}`,
      }));
    case 'negate':
      return findConditions(masked, body, edit.names, edit.nth).map((place) => ({
        ...place,
        text: `!(${source(place)})`,
      }));
    case 'answer':
      return calls(edit).map(({ name, list }) => {
        const place = { from: name.from, to: list.to };
        return { ...place, text: `${edit.by}${lineEnds(source(place))}` };
      });
    case 'redirect':
      return calls(edit).map(({ name }) => ({ ...name, text: edit.by }));
    case 'argue':
      return calls(edit).flatMap((call) => {
        const place = argumentsOf(masked, call)[edit.position];
        return place === undefined ? [] : [{ ...place, text: `${edit.by}${lineEnds(source(place))}` }];
      });
    case 'rename':
      return pick(findIdentifier(masked, body, edit.identifier), edit.nth).map((place) => ({
        ...place,
        text: edit.by,
      }));
  }
}

/** Nothing, in as many lines; the semicolon keeps an `if` before it whole. */
function emptied(statement: string): string {
  return `;${lineEnds(statement)}`;
}

const lineEnds = (text: string) => text.replace(/[^\n]/g, '');

/** Two statements in the place of one, so in braces. */
function beside(place: Range, statement: string, side: 'before' | 'behind', other: string): Change {
  const line = other.replace(/\s+/g, ' ');
  const text = side === 'before' ? `{ ${line} ${statement} }` : `{ ${statement} ${line} }`;
  return { ...place, text };
}

function moved(text: string, from: Statement[], to: Statement[], side: 'before' | 'behind'): Change[] {
  const [what, where] = [from[0], to[0]];
  if (what === undefined || where === undefined || what === where) return [];
  const source = text.slice(what.from, what.to);
  return [{ ...what, text: emptied(source) }, beside(where, text.slice(where.from, where.to), side, source)];
}

function replaceAll(text: string, changes: Change[]): string {
  const last = [...changes].sort((a, b) => b.from - a.from);
  return last.reduce((left, { from, to, text: by }) => left.slice(0, from) + by + left.slice(to), text);
}
