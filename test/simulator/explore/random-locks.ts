import type { Scenario } from '../../../simulator/index.js';
import { smallProgram } from './small-program.js';

/** One statement of a thread; variables and locks by number. */
type Statement =
  | { kind: 'set'; to: number; value: number }
  /** Reads one variable and writes another: two steps, with all others in between. */
  | { kind: 'copy'; to: number; from: number; plus: number }
  | { kind: 'assert'; of: number; not: number }
  | { kind: 'locked'; lock: number; body: Statement[] }
  | { kind: 'if'; of: number; is: number; body: Statement[] };

/** A program that can be written for both checkers: a few threads, locks taken and given back in pairs. */
export type LockProgram = Statement[][];

const variables = 3;
const locks = 2;
/** Values go round from here to 0, so that there are few states. */
const values = 3;

/**
 * The same program for the same seed. Small: two or three threads, some statements each; in every other program
 * all threads run the same ones.
 */
export function randomProgram(seed: number): LockProgram {
  const random = randomFrom(seed);
  const threads = 2 + random(2);
  const bodies = Array.from({ length: threads }, () => statements(random, 3 + random(3), 0));
  return seed % 2 === 0 ? bodies : bodies.map(() => bodies[0] as Statement[]);
}

export type Random = (below: number) => number;

/** Park and Miller's numbers: enough here, and the same everywhere. */
export function randomFrom(seed: number): Random {
  let state = (seed * 7919 + 1) % 2147483647;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return Math.floor((state / 2147483647) * below);
  };
}

function statements(random: Random, count: number, depth: number): Statement[] {
  return Array.from({ length: count }, () => statement(random, depth));
}

function statement(random: Random, depth: number): Statement {
  const kind = random(depth < 2 ? 10 : 6);
  if (kind < 2) return { kind: 'set', to: random(variables), value: random(values) };
  if (kind < 5) return { kind: 'copy', to: random(variables), from: random(variables), plus: random(2) };
  if (kind < 6) return { kind: 'assert', of: random(variables), not: values - 1 };
  const body = statements(random, 1 + random(3), depth + 1);
  if (kind < 9) return { kind: 'locked', lock: random(locks), body };
  return { kind: 'if', of: random(variables), is: random(values), body };
}

/** Locks as the model writes them, so that what they protect is not interleaved where the search reduces. */
const primitives = `
static int lock_0, lock_1, v0, v1, v2;
atomic void lock(int *l) { __acquiring(l, 4, 2); __await_eq(l, 0); *l = 1; __acquired(l, 4, 2); }
fused void unlock(int *l) { __released(l, 4, 2); *l = 0; }
`;

export function asScenario(program: LockProgram): Scenario {
  const names = program.map((_, n) => `thread_${n}`);
  const bodies = program.map(
    (body, n) => `void ${names[n]}(void)\n{\nint r;\n${body.map(inC).join('\n')}\n}`,
  );
  return smallProgram([primitives, ...bodies].join('\n'), names);
}

function inC(s: Statement): string {
  switch (s.kind) {
    case 'set':
      return `v${s.to} = ${s.value};`;
    case 'copy':
      return `r = v${s.from};\nv${s.to} = (r + ${s.plus}) % ${values};`;
    case 'assert':
      return `r = v${s.of};\n__assert(r != ${s.not}, "assertion", "a value that must not be");`;
    case 'locked':
      return `lock(&lock_${s.lock});\n${s.body.map(inC).join('\n')}\nunlock(&lock_${s.lock});`;
    case 'if':
      return `if (v${s.of} == ${s.is}) {\n${s.body.map(inC).join('\n')}\n}`;
  }
}

export function asPromela(program: LockProgram): string {
  const head = 'bit lock_0, lock_1;\nbyte v0, v1, v2;\n';
  const bodies = program.map(
    (body, n) => `active proctype thread_${n}()\n{\nbyte r;\n${body.map(inPromela).join('\n')}\nskip\n}`,
  );
  return head + bodies.join('\n');
}

function inPromela(s: Statement): string {
  switch (s.kind) {
    case 'set':
      return `v${s.to} = ${s.value};`;
    case 'copy':
      return `r = v${s.from};\nv${s.to} = (r + ${s.plus}) % ${values};`;
    case 'assert':
      return `r = v${s.of};\nassert(r != ${s.not});`;
    case 'locked':
      return `atomic { lock_${s.lock} == 0 -> lock_${s.lock} = 1 };\n${s.body.map(inPromela).join('\n')}\nlock_${s.lock} = 0;`;
    case 'if':
      return `if\n:: v${s.of} == ${s.is} ->\n${s.body.map(inPromela).join('\n')}\n:: else\nfi;`;
  }
}
