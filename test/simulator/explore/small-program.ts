import { compile } from '../../../simulator/c/compile.js';
import type { Scenario } from '../../../simulator/index.js';

/** Compiles a self-contained C program in the model's dialect; `threads` name its functions. */
export function smallProgram(
  text: string,
  threads: string[],
  defines: Record<string, string | number> = {},
  more: Partial<Scenario> = {},
): Scenario {
  const head = Object.entries(defines).map(([name, value]) => `#define ${name} ${value}`);
  const roots = [
    ...new Set([
      ...threads,
      ...(more.always ?? []),
      ...(more.finally ?? []),
      ...(more.start ? [more.start] : []),
    ]),
  ];
  const { program, missing, problems } = compile({
    sources: [{ path: 'small.c', text: `${head.join('\n')}\n${text}`, origin: 'race' }],
    headers: new Map(),
    roots,
  });
  if (missing.length > 0 || problems.length > 0)
    throw new Error(`small.c: ${JSON.stringify({ missing, problems })}`);
  return {
    program,
    start: undefined,
    threads: threads.map((fn) => ({ name: fn, fn })),
    always: [],
    finally: [],
    ...more,
  };
}
