import type { Scenario } from '../../simulator/index.js';
import type { Bench } from './bench.js';
import { built } from './built.js';
import { countTraces } from './count-traces.js';
import { timed } from './measure.js';
import { alone, beside, type Row } from './row.js';

/** A program that checkers are measured with: what its threads do, and how many traces it has. */
export interface Classic {
  name: string;
  globals: string;
  /** Bodies of its threads. */
  threads: string[];
  traces: number;
}

const each = (count: number, body: (n: number) => string) => Array.from({ length: count }, (_, n) => body(n));

/** An operation that the processor does in one go. */
const add = 'atomic void add(int *x) { *x = *x + 1; }';
const swap = 'atomic int swap(int *x, int from, int to) { if (*x != from) return 0; *x = to; return 1; }';
const mutex = 'atomic void lock(int *m) { __await_eq(m, 0); *m = 1; } atomic void unlock(int *m) { *m = 0; }';

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/**
 * The programs of the literature, written anew from what they do. The counts are closed forms, or what Nidhugg
 * (optimal) and GenMC (sequentially consistent) both count.
 */
export const classics: Classic[] = [
  {
    name: 'readers(7)',
    globals: 'int x;',
    threads: ['x = 42;', ...each(7, () => 'int r = x;')],
    traces: 2 ** 7,
  },
  {
    name: 'lastzero(7)',
    globals: 'int a[8];',
    threads: ['int i = 7; while (a[i] != 0) i--;', ...each(7, (n) => `a[${n + 1}] = a[${n}] + 1;`)],
    traces: (7 + 3) * 2 ** (7 - 2),
  },
  { name: 'ainc(6)', globals: `int x; ${add}`, threads: each(6, () => 'add(&x);'), traces: factorial(6) },
  {
    name: 'binc(4)',
    globals: `int x, y; ${add}`,
    threads: each(4, () => 'add(&x); add(&y);'),
    traces: factorial(4) ** 2,
  },
  {
    name: 'cinc(3)',
    globals: `int x, y, z; ${add}`,
    threads: each(3, () => 'add(&x); add(&y); add(&z);'),
    traces: factorial(3) ** 3,
  },
  {
    name: 'lockinc(6)',
    globals: `int m, x; ${mutex}`,
    threads: each(6, () => 'lock(&m); x++; unlock(&m);'),
    traces: factorial(6),
  },
  { name: 'lastwrite(6)', globals: 'int x;', threads: each(6, (n) => `x = ${n + 1};`), traces: factorial(6) },
  {
    name: 'floating_read(5)',
    globals: 'int x;',
    threads: [...each(5, (n) => `x = ${n + 1};`), 'int r = x;'],
    traces: factorial(6),
  },
  {
    name: 'casrot(7)',
    globals: `int x; ${swap}`,
    threads: each(7, (n) => `swap(&x, ${n}, ${n + 1});`),
    traces: 523,
  },
  {
    name: 'wcas(6)',
    globals: `int x; ${swap}`,
    threads: ['x = 2;', ...each(6, () => 'swap(&x, 2, 3);')],
    traces: 6 * 2 ** 5 + 1,
  },
  {
    name: 'casw(4)',
    globals: `int x; ${swap}`,
    threads: each(4, (n) => `swap(&x, 0, 1); x = ${n + 3};`),
    traces: 1200,
  },
  {
    name: 'fib_bench(2)',
    globals: 'int i = 1, j = 1;',
    threads: ['i += j; i += j;', 'j += i; j += i;', 'int r = i; r = j;'],
    traces: 140,
  },
  {
    name: 'CoA(4)',
    globals: 'int x, y, z;',
    threads: [
      'int r; x = 1; r = y; r = x;',
      'int r; x = 2; r = z; r = x;',
      ...each(3, (n) => `y = ${n + 1}; z = ${n + 1};`),
    ],
    traces: 2028,
  },
  {
    name: 'big0',
    globals: 'int x, y, z, w;',
    threads: [
      'int r = x; r = y; r = z; r = w; r = x; r = y; r = z;',
      'int r = x; r = y; r = z;',
      'x = 1; y = 1; x = 2; y = 2; x = 3; y = 3;',
      'z = 1; w = 1; z = 2; w = 2; z = 3; w = 3;',
    ],
    traces: 69_112,
  },
];

/** Traces are counted without remembering states; the search that remembers them has less to do. */
export const classic: Bench = async () => {
  const engine = await built.engine();
  const { explore } = await built.simulator();
  const rows: Row[] = [];
  for (const one of classics) {
    const scenario = await scenarioOf(one);
    let counted = 0;
    const counting = timed(() => {
      counted = countTraces(engine, scenario);
    });
    let states = 0;
    const searching = timed(() => {
      states = explore(scenario, { states: 1_000_000, full: true }).states;
    });
    const agree = counted === one.traces ? '' : ': COUNTS DIFFER';
    rows.push(beside(`${one.name}: traces${agree}`, counted, one.traces, 'traces', 'known count'));
    rows.push(alone(`${one.name}: counted without states`, counting, 'ms'));
    rows.push(alone(`${one.name}: its ${states} states searched`, searching, 'ms'));
  }
  return rows;
};

async function scenarioOf(one: Classic): Promise<Scenario> {
  const { compile } = await built.compile();
  const { text, names } = textOf(one);
  const { program } = compile({
    sources: [{ path: 'classic.c', text, origin: 'race' }],
    headers: new Map(),
    roots: names,
  });
  return {
    program,
    start: undefined,
    threads: names.map((fn) => ({ name: fn, fn })),
    always: [],
    finally: [],
  };
}

/** The program as C, and the names of what its threads run. */
export function textOf({ globals, threads }: Classic): { text: string; names: string[] } {
  const names = threads.map((_, n) => `thread_${n}`);
  const bodies = threads.map((body, n) => `void ${names[n]}(void) { ${body} }`);
  return { text: [globals, ...bodies].join('\n'), names };
}
