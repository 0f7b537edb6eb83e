import type { TraceStep } from '../finding/trace.js';
import { type Moment, momentsOf } from './moment.js';

/** One line of one thread's column, before it is fitted to a width. */
export interface Row {
  thread: number;
  kind: 'function' | 'source' | 'note' | 'broken' | 'elided';
  /** The source line's number, for `source`. */
  line: number;
  text: string;
  /** A short result (`= NULL`) that may stand behind the source when there is room. */
  result: string;
}

/** Fewer untold moments than this are shown: `...` would save nothing. */
const shortestElision = 3;

function isEdge(moments: Moment[], at: number): boolean {
  const { thread, function: name } = moments[at]!;
  const differs = (other: Moment | undefined) => other?.thread !== thread || other.function !== name;
  return differs(moments[at - 1]) || differs(moments[at + 1]);
}

/** The moments to draw, with `undefined` where some were left out. */
function elide(moments: Moment[]): (Moment | undefined)[] {
  const drawn: (Moment | undefined)[] = [];
  let untold: Moment[] = [];
  const close = () => {
    if (untold.length >= shortestElision) drawn.push(undefined);
    else drawn.push(...untold);
    untold = [];
  };
  moments.forEach((moment, at) => {
    if (!moment.telling && !isEdge(moments, at)) {
      untold.push(moment);
      return;
    }
    close();
    drawn.push(moment);
  });
  close();
  return drawn;
}

const row = (thread: number, kind: Row['kind'], text: string, line = 0, result = ''): Row => ({
  thread,
  kind,
  line,
  text,
  result,
});

function rowsOfMoment(moment: Moment): Row[] {
  const rows: Row[] = [];
  const [first = '', ...others] = moment.notes;
  const result = first.startsWith('=') && moment.source !== '' ? first : '';
  if (moment.source !== '') rows.push(row(moment.thread, 'source', moment.source, moment.line, result));
  for (const note of result === '' ? moment.notes : others) rows.push(row(moment.thread, 'note', note));
  for (const broken of moment.broken) rows.push(row(moment.thread, 'broken', `*** ${broken}`));
  return rows;
}

/**
 * A trace as rows. A function is named when its thread enters it (with the file when that is news), runs of
 * statements in which nothing happens are drawn as `...` unless `full`.
 */
export function rowsOf(trace: TraceStep[], full: boolean): Row[] {
  const moments = momentsOf(trace);
  const rows: Row[] = [];
  const inFunction = new Map<number, string>();
  let file = '';
  let thread = 0;
  for (const moment of full ? moments : elide(moments)) {
    if (moment === undefined) {
      rows.push(row(thread, 'elided', '...'));
      continue;
    }
    thread = moment.thread;
    // What the model does stands below the statement that called it: its own functions are not the reader's.
    if (moment.source !== '' && inFunction.get(thread) !== moment.function) {
      const news = moment.file !== '' && moment.file !== file ? `  ${moment.file}` : '';
      if (moment.file !== '') file = moment.file;
      rows.push(row(thread, 'function', `${moment.function}()${news}`));
      inFunction.set(thread, moment.function);
    }
    rows.push(...rowsOfMoment(moment));
  }
  return rows;
}
