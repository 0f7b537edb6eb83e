import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, type Source } from '../../../simulator/c/compile.js';
import { explore, type Verdict } from '../../../simulator/index.js';

const folder = join(import.meta.dirname, '../../../simulator/kernel');

/** The model's C files (those of `role/` as well) and its headers. */
function readFolder(under: string): { sources: Source[]; headers: Map<string, string> } {
  const headers = new Map<string, string>();
  const sources: Source[] = [];
  for (const entry of readdirSync(join(folder, under), { withFileTypes: true })) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`;
    if (entry.isDirectory()) {
      const inner = readFolder(path);
      sources.push(...inner.sources);
      for (const [name, text] of inner.headers) headers.set(name, text);
    }
    const text = entry.isFile() ? readFileSync(join(folder, path), 'utf8') : '';
    if (path.endsWith('.h')) headers.set(path, text);
    if (path.endsWith('.c')) sources.push({ path, text, origin: under === 'role' ? 'role' : 'model' });
  }
  return { sources, headers };
}

const model = readFolder('');

/** Code that, by what it uses, makes the model the one of an era. */
export const eras = {
  xarray: 'unsigned long uses_xarray(void *entry) { return xa_to_value(entry); }',
  counted: `unsigned long uses_counting(struct vm_fault *vmf, void *entry)
    { return vmf_insert_page_mkwrite(vmf, pfn_to_page(xa_to_value(entry)), true); }`,
  radix: 'unsigned long uses_radix(void *entry) { return radix_tree_exceptional_entry(entry); }',
};

/**
 * Explores threads of C against the model: `text` defines one function for each name of `threads`, and
 * perhaps `start` and `finally`. The verdict's violations come as `rule: message`.
 */
export function exploreModel(
  text: string,
  threads: string[],
  era: string = eras.xarray,
): Verdict & { told: string[]; problems: string[] } {
  const reviewed: Source = { path: 'fs/reviewed.c', text: era, origin: 'reviewed' };
  const race: Source = { path: 'race.c', text, origin: 'race' };
  const has = (name: string) => (text.includes(`void ${name}(void)`) ? name : undefined);
  const roots = ['start', 'finally', ...threads].filter((name) => has(name) !== undefined);
  const { program, problems } = compile({
    sources: [reviewed, ...model.sources, race],
    headers: model.headers,
    roots,
  });
  const verdict = explore(
    {
      program,
      start: has('start'),
      threads: threads.map((fn) => ({ name: fn, fn })),
      always: [],
      finally: has('finally') ? ['finally'] : [],
    },
    { states: 20_000, full: false },
  );
  return {
    ...verdict,
    told: verdict.violations.map(({ rule, message }) => `${rule}: ${message}`),
    problems: problems.map(({ file, reason }) => `${file}: ${reason}`),
  };
}
