import { type Compilation, compile, type Scenario, type Source } from '../../simulator/index.js';
import type { Code } from '../code/code.js';
import { definitionAt } from '../code/definition.js';
import { headersFor } from '../code/headers-for.js';
import { type Role, readModel } from '../code/model.js';
import { worldOf } from '../code/modelled.js';
import type { Race } from './race.js';

export interface Linked {
  scenario: Scenario;
  compilation: Compilation;
}

/** Why a race cannot be run on this code: the functions it needs do not exist there. */
export interface Absent {
  absent: string;
}

const linked = new WeakMap<Code, Map<string, Linked | Absent>>();

/** Links a race, the roles it plays and the model with the code under review; once for the same code and configuration. */
export function link(race: Race, code: Code, config?: ReadonlyMap<string, string>): Linked | Absent {
  const known = linked.get(code) ?? new Map<string, Linked | Absent>();
  linked.set(code, known);
  const asked = JSON.stringify([race.id, ...(config ?? [])]);
  const answer = known.get(asked) ?? linkAnew(race, code, config);
  known.set(asked, answer);
  return answer;
}

function linkAnew(race: Race, whole: Code, config?: ReadonlyMap<string, string>): Linked | Absent {
  const world = worldOf(race.files);
  const model = readModel(world);
  const code = { ...whole, files: new Map([...whole.files].filter(([path]) => race.files.includes(path))) };
  const absent = missingNeed(race, rolesOf(race, model.roles), whole);
  if (absent !== undefined) return { absent };
  const sources: Source[] = [
    ...[...code.files]
      .filter(([path]) => path.endsWith('.c'))
      .map(([path, text]) => ({ path, text, origin: code.baseline ? 'baseline' : 'reviewed' }) as Source),
    ...model.files.map(({ path, text }) => ({ path, text, origin: 'model' }) as Source),
    ...model.roles.map(({ path, text }) => ({ path, text, origin: 'role' }) as Source),
    { path: race.file, text: `${race.text}\n${checksOf(race)}`, origin: 'race' },
  ];
  const always = race.always.map((_, n) => alwaysName(n));
  const roots = [race.start, ...race.threads.map((t) => t.fn), ...always, ...race.finally].filter(
    (name): name is string => name !== undefined,
  );
  const headers = headersFor(whole, world);
  const compilation = compile({ sources, headers, roots, ...(config ? { config } : {}) });
  const { program } = compilation;
  const scenario = { program, start: race.start, threads: race.threads, always, finally: race.finally };
  return { scenario, compilation };
}

const alwaysName = (n: number) => `faultline_always_${n}`;

/** Each `@always(free: ...)` as a function that returns early while one of its locks is held. */
function checksOf(race: Race): string {
  return race.always
    .map(({ fn, free }, n) => {
      const held = free.map((lock) => `__held(&(${lock}))`).join(' || ') || '0';
      return `void ${alwaysName(n)}(void) { if (${held}) return; ${fn}(); }`;
    })
    .join('\n');
}

const roles = new WeakMap<Race, readonly Role[]>();

/** The role files whose functions the race calls, and those that these call; the same for every code. */
function rolesOf(race: Race, all: readonly Role[]): readonly Role[] {
  const known = roles.get(race) ?? reachedFrom(race.text, all);
  roles.set(race, known);
  return known;
}

function reachedFrom(start: string, all: readonly Role[]): Role[] {
  const used = new Set<Role>();
  const open = [start];
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    const words = new Set(text.match(/\b[a-z_]\w*\b/g) ?? []);
    for (const role of all) {
      if (used.has(role) || !role.functions.some((name) => words.has(name))) continue;
      used.add(role);
      open.push(role.text);
    }
  }
  return [...used];
}

function missingNeed(race: Race, roles: readonly Role[], code: Code): string | undefined {
  const isThere = (name: string) => race.files.some((path) => defines(code, path, name));
  for (const need of [...race.needs, ...roles.flatMap((role) => role.needs)]) {
    if (need.some(isThere)) continue;
    return `${need.map((name) => `${name}()`).join(' or ')} does not exist there`;
  }
  return undefined;
}

const definitions = new WeakMap<Code, Map<string, boolean>>();

/** Whether a file has a definition of the function; looked for once, since many races need the same ones. */
function defines(code: Code, path: string, name: string): boolean {
  const known = definitions.get(code) ?? new Map<string, boolean>();
  definitions.set(code, known);
  const asked = `${path} ${name}`;
  const answer = known.get(asked) ?? definitionAt(code.files.get(path) ?? '', name) >= 0;
  known.set(asked, answer);
  return answer;
}
