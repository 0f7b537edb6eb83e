import type { TraceStep } from '../finding/trace.js';
import type { Clash } from './clash.js';
import { type Moment, momentsOf } from './moment.js';
import { tellingMoments } from './telling.js';

/** One line of one thread's column, before it is fitted to a width. */
export interface Row {
  thread: number;
  kind: 'function' | 'source' | 'note' | 'broken' | 'elided';
  /** The source line's number, for `source`. */
  line: number;
  text: string;
  /** A short result (`= NULL`) that may stand behind the source when there is room. */
  result: string;
  /** It is one of the statements that race. */
  clashes: boolean;
}

/** Fewer untold moments than this are no news: the line numbers show the gap. */
const shortestElision = 3;

const row = (thread: number, kind: Row['kind'], text: string, line = 0, result = ''): Row => ({
  thread,
  kind,
  line,
  text,
  result,
  clashes: false,
});

function rowsOfMoment(moment: Moment, named: boolean): Row[] {
  const rows: Row[] = [];
  const [first = '', ...others] = moment.notes;
  const result = first.startsWith('=') && moment.source !== '' && !named ? first : '';
  if (moment.source !== '' && !named)
    rows.push(row(moment.thread, 'source', moment.source, moment.line, result));
  for (const note of result === '' ? moment.notes : others) rows.push(row(moment.thread, 'note', note));
  return rows;
}

/** What one thread's column shows so far. */
interface Column {
  function: string;
  line: number;
  /** Index of the moment shown last. */
  at: number;
}

class Drawing {
  readonly rows: Row[] = [];
  private readonly columns = new Map<number, Column>();
  private file = '';

  constructor(
    private readonly moments: Moment[],
    private readonly racing: ReadonlySet<number>,
  ) {}

  add(at: number): void {
    const moment = this.moments[at]!;
    const { thread } = moment;
    const column = this.columns.get(thread);
    // A call and its return are one statement; when nothing is told in between it is named once.
    const again = column !== undefined && this.rows.at(-1)?.thread === thread && isSame(moment, column);
    if (!again && moment.source !== '') {
      if (column?.function === moment.function) this.elide(column.at, at, thread);
      else this.nameFunction(moment);
    }
    const rows = rowsOfMoment(moment, again);
    for (const row of rows) row.clashes = row.kind === 'source' && this.racing.has(at);
    this.rows.push(...rows);
    if (moment.source !== '') this.columns.set(thread, { function: moment.function, line: moment.line, at });
  }

  /** What is broken stands at the end: that a sleeper is never woken is known when the others are through. */
  conclude(): void {
    for (const { thread, broken } of this.moments)
      for (const sentence of broken) this.rows.push(row(thread, 'broken', `*** ${sentence}`));
  }

  private elide(from: number, to: number, thread: number): void {
    const left = this.moments.slice(from + 1, to).filter((each) => each.thread === thread);
    if (left.length >= shortestElision && this.rows.at(-1)?.thread === thread)
      this.rows.push(row(thread, 'elided', '...'));
  }

  /** What the model does stands below the statement that called it: only the reader's functions are named. */
  private nameFunction(moment: Moment): void {
    const news = moment.file !== '' && moment.file !== this.file ? `  ${moment.file}` : '';
    if (moment.file !== '') this.file = moment.file;
    this.rows.push(row(moment.thread, 'function', `${moment.function}()${news}`));
  }
}

function isSame(moment: Moment, column: Column): boolean {
  return moment.function === column.function && moment.line === column.line;
}

/**
 * A trace as rows. A function is named when its thread enters it (with the file when that is news).
 * Statements in which nothing happens are left out, `...` where that is not obvious, unless `full`; those of
 * the clash never are.
 */
export function rowsOf(trace: TraceStep[], full: boolean, clash?: Clash): Row[] {
  const moments = momentsOf(trace);
  const racing = new Set(clash?.statements.map(({ at }) => at));
  const told = full ? undefined : new Set([...tellingMoments(moments), ...racing]);
  const drawing = new Drawing(moments, racing);
  for (const at of moments.keys()) if (told === undefined || told.has(at)) drawing.add(at);
  drawing.conclude();
  return drawing.rows;
}
