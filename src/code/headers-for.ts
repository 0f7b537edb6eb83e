import { headerOfKernel } from '../../simulator/c/own-words.js';
import type { Code } from './code.js';
import { readModel } from './model.js';
import { filesOf, type World } from './modelled.js';
import { patchedHeaders } from './patched-headers.js';

const headersOf = new WeakMap<Code, Map<World, ReadonlyMap<string, string>>>();

/** What every file of a world is read with: the model's headers, and those of the code that run themselves. */
export function headersFor(code: Code, world: World): ReadonlyMap<string, string> {
  const known = headersOf.get(code) ?? new Map<World, ReadonlyMap<string, string>>();
  headersOf.set(code, known);
  const headers = known.get(world) ?? withOwnHeaders(code, world);
  known.set(world, headers);
  return headers;
}

function withOwnHeaders(code: Code, world: World): ReadonlyMap<string, string> {
  const headers = patchedHeaders(readModel(world).headers, code.headers);
  const own = filesOf[world].filter((path) => path.endsWith('.h') && code.files.has(path));
  return own.length === 0
    ? headers
    : new Map([
        ...headers,
        ...own.map((path): [string, string] => [headerOfKernel(path), code.files.get(path) as string]),
      ]);
}
