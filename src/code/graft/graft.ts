import type { BaseTry, Change } from '../../change/change.js';
import type { FilePatch, Patch } from '../../change/patch.js';
import type { Tree, TreeState } from '../../change/tree.js';
import { type Headers, readHeaders } from '../header.js';
import { filesOf } from '../modelled.js';
import { graftedPatch } from './changed-hunks.js';
import { type Grafted, graftFile, type Refused } from './graft-file.js';
import { outlineOf } from './outline.js';
import { unsound } from './sound.js';
import { ownTelling } from './telling.js';

/**
 * Lays a patch that does not apply to an era of the baseline where it belongs: when all of its hunks have a
 * clear place and what comes out is a program. Else the change is `unplaced`, with the reason. Undefined when
 * there is nothing to lay: the patch applies, or touches nothing that is modelled.
 */
export async function graft(change: Change, era: Tree): Promise<Change | undefined> {
  const { patch, status, leftOut } = change;
  const modelled = patch.files.filter(({ newPath }) => filesOf.kernel.includes(newPath));
  const absent = leftOut.filter(({ path }) => filesOf.kernel.includes(path));
  if (status === 'applied' && absent.length < Math.max(1, modelled.length)) return undefined;
  if (modelled.length === 0) return undefined;
  const [state] = await era.states(modelled.map(({ oldPath }) => oldPath));
  const files = new Map<string, Grafted>();
  const { headers } = readHeaders({ before: new Map(), after: new Map(), files: patch.files });
  const own = ownTelling(patch);
  const tries: BaseTry[] = [];
  const note = ({ newPath: file }: FilePatch, hunk: number | undefined, outcome: string): void => {
    const tree = state === undefined ? era.name : `${era.name} (${state.label})`;
    tries.push({ method: 'graft', tree, outcome, file, ...(hunk === undefined ? {} : { hunk }) });
  };
  for (const file of modelled) {
    const text = await era.read(file.oldPath, state?.at);
    const answer = text === undefined ? refusal : graftSound(file, text, headers, own);
    if ('why' in answer) {
      note(file, answer.hunk, answer.why);
      return unplaced(change, era, tries, file, answer);
    }
    for (const { hunk, outcome } of answer.steps) note(file, hunk, outcome);
    files.set(file.newPath, answer);
  }
  return placed(patch, era, state, files, tries);
}

const refusal: Refused = { hunk: undefined, why: "Faultline's baseline does not have it", placed: 0 };

function graftSound(
  file: FilePatch,
  baseline: string,
  headers: Headers,
  own: Set<string>,
): Grafted | Refused {
  const outline = outlineOf(baseline);
  const grafted = graftFile(file, outline, own);
  if ('why' in grafted) return grafted;
  const why = unsound(file.newPath, outline.text, grafted, headers);
  return why === undefined ? grafted : { hunk: undefined, why, placed: grafted.steps.length };
}

function placed(
  patch: Patch,
  era: Tree,
  state: TreeState | undefined,
  files: Map<string, Grafted>,
  tries: BaseTry[],
): Change {
  const side = (name: 'before' | 'after') =>
    new Map([...files].map(([path, grafted]) => [path, grafted[name]]));
  const before = side('before');
  const fits = [...files.values()].map(({ fit }) => fit);
  return {
    patch,
    base: {
      method: 'graft',
      tree: state === undefined ? era.name : `${era.name} (${state.label})`,
      ...(state?.at === undefined ? {} : { at: state.at }),
      ...(state === undefined ? {} : { label: state.label }),
      baseline: true,
      exact: false,
      fit: fits.reduce((sum, fit) => sum + fit, 0) / fits.length,
      tries,
    },
    before,
    after: side('after'),
    files: patch.files.map((file) => {
      const own = files.get(file.newPath);
      return own === undefined ? file : graftedPatch(file, own.before, own.after);
    }),
    leftOut: patch.files
      .filter(({ newPath }) => !files.has(newPath))
      .map(({ newPath }) => ({ path: newPath, why: "Faultline's baseline does not have it" })),
    around: async (path) => before.get(path) ?? era.read(path, state?.at),
    status: 'applied',
  };
}

/** How far a refused patch came counts less than any fit; it tells which era has the best reason. */
const trifle = 0.001;

function unplaced(
  change: Change,
  era: Tree,
  tries: BaseTry[],
  { newPath }: FilePatch,
  refused: Refused,
): Change {
  const { hunk, why, placed } = refused;
  const where = hunk === undefined ? newPath : `${newPath}, hunk ${hunk}`;
  return {
    ...change,
    base: { method: 'none', tree: era.name, baseline: true, exact: false, fit: trifle * placed, tries },
    before: new Map(),
    after: new Map(),
    leftOut: [{ path: newPath, why: hunk === undefined ? why : `hunk ${hunk}: ${why}` }],
    status: 'unplaced',
    why: `${where}: ${why} [Faultline's baseline; give the kernel that the patch was made for with --tree]`,
  };
}
