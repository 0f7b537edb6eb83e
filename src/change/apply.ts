import { applicable, applyWithGit } from './apply-git.js';
import type { Base, BaseMethod, BaseTry, Change } from './change.js';
import { explainMisfit } from './explain.js';
import { type Candidate, firstParts, isExact } from './find-base.js';
import { type FilePatch, fatalProblem, isDamaged, isUnusable, type Patch } from './patch.js';
import { placed } from './placed.js';
import { decided } from './read-patch.js';
import { restoreWhiteSpace } from './restore.js';
import type { Tree } from './tree.js';

export type State = Map<string, Buffer>;

interface Success {
  /** The patch as it was applied: moved to its place, or with its white space restored. */
  patch: Patch;
  after: State;
  leftOut: Change['leftOut'];
}

/** A change together with its files as bytes, which the next patch of a series starts from. */
export interface Applied {
  change: Change;
  after: State;
}

function texts(files: State): Map<string, string> {
  return new Map([...files].map(([path, bytes]) => [path, bytes.toString('utf8')]));
}

/** The files of a patch that can be applied to this state. A baseline has but a few of a kernel's files. */
function split(patch: Patch, tree: Tree, state: State): { files: FilePatch[]; leftOut: Change['leftOut'] } {
  const leftOut: Change['leftOut'] = patch.problems
    .filter(({ kind, file }) => file !== undefined && (kind === 'binary' || kind === 'not-a-file'))
    .map(({ file, kind }) => ({
      path: file!,
      why: kind === 'binary' ? 'it is binary' : 'it is no regular file',
    }));
  const files = applicable(patch).filter((file) => {
    const there = tree.kind !== 'baseline' || file.kind === 'add' || state.has(file.oldPath);
    if (!there) leftOut.push({ path: file.newPath, why: "Faultline's baseline does not have it" });
    return there;
  });
  return { files, leftOut };
}

/** Which file and hunk do not fit, in our own words where we know, else in git's. */
function misfit(
  patched: FilePatch[],
  files: State,
  repaired: boolean,
  error: string,
): Pick<BaseTry, 'outcome' | 'kind' | 'file' | 'hunk'> {
  for (const file of firstParts(patched)) {
    const path = file.kind === 'add' ? file.newPath : file.oldPath;
    const found = explainMisfit(file, files.get(path)?.toString('utf8'), repaired);
    if (!found) continue;
    const where = found.hunk === undefined ? path : `${path}, hunk ${found.hunk}`;
    const hunk = found.hunk === undefined ? {} : { hunk: found.hunk };
    return { outcome: `${where}: ${found.reason}`, kind: found.kind, file: path, ...hunk };
  }
  return { outcome: error, kind: repaired ? 'whitespace-damaged' : 'context-differs' };
}

async function applyTo(patch: Patch, tree: Tree, state: State): Promise<Success | { error: string }> {
  const { files, leftOut } = split(patch, tree, state);
  const answer = await applyWithGit(patch, files, state);
  if ('error' in answer) return answer;
  return { patch: placed(patch, state, answer.after), after: answer.after, leftOut };
}

function stepFor(candidate: Candidate, tree: Tree, outcome: string): BaseTry {
  const { method, label, commit } = candidate;
  const shown = label === undefined || label === tree.name ? tree.name : `${tree.name} (${label})`;
  return { method, tree: shown, ...(commit === undefined ? {} : { commit }), outcome };
}

interface Attempt {
  candidate: Candidate;
  step: BaseTry;
  success?: Success;
}

async function attempt(given: Patch, candidate: Candidate, tree: Tree): Promise<Attempt> {
  const step = stepFor(candidate, tree, 'found');
  const patch = decided(given, candidate.files);
  if (!patch)
    return { candidate, step: { ...step, outcome: fatalProblem(given)!.reason, kind: 'whitespace-damaged' } };
  const answer = await applyTo(patch, tree, candidate.files);
  if ('after' in answer) return { candidate, step, success: answer };
  const { files } = split(patch, tree, candidate.files);
  const repaired = patch.repairs.length > 0;
  return { candidate, step: { ...step, ...misfit(files, candidate.files, repaired, answer.error) } };
}

/** Where nothing takes the patch as it stands: the first state that takes it but for white space. */
async function attemptRestored(given: Patch, failed: Attempt[], tree: Tree): Promise<Attempt | undefined> {
  for (const { candidate, step } of failed) {
    if (!isDamaged(given) && step.kind !== 'whitespace-damaged') continue;
    const patch = decided(given, candidate.files);
    const restored = patch && restoreWhiteSpace(patch, candidate.files);
    const answer = restored && (await applyTo(restored, tree, candidate.files));
    if (answer && 'after' in answer)
      return { candidate, step: stepFor(candidate, tree, 'found'), success: answer };
  }
  return undefined;
}

function baseOf(candidate: Candidate, patch: Patch, tree: Tree, tries: BaseTry[]): Base {
  const { method, at, label, commit } = candidate;
  return {
    method,
    ...(commit === undefined ? {} : { commit }),
    tree: tree.name,
    ...(at === undefined ? {} : { at }),
    ...(label === undefined ? {} : { label }),
    baseline: tree.kind === 'baseline',
    exact: isExact(patch, candidate.files),
    fit: 1,
    tries,
  };
}

/** The line that helps most: what did not fit beats what was not there to try. */
export function whyNot(tries: BaseTry[], tree: Tree): string {
  const rank: BaseMethod[] = [
    'previous',
    'folder',
    'tarball',
    'base-commit',
    'prerequisite',
    'date',
    'applies',
    'baseline',
    'graft',
    'blob',
  ];
  const told = [...tries].sort(
    (a, b) =>
      Number(b.hunk !== undefined) - Number(a.hunk !== undefined) ||
      rank.indexOf(a.method) - rank.indexOf(b.method),
  )[0];
  const reason = told?.outcome ?? 'there is nothing to apply it to';
  if (tree.kind !== 'baseline') return `${reason} [${told?.tree ?? tree.name}]`;
  return `${reason} [Faultline's baseline; give the kernel that the patch was made for with --tree]`;
}

/** A change that did not come about. */
export function notApplied(patch: Patch, tree: Tree | undefined, tries: BaseTry[], why: string): Applied {
  const base: Base = {
    method: 'none',
    tree: tree?.name ?? '',
    baseline: tree?.kind === 'baseline',
    exact: false,
    tries,
  };
  const around = async (path: string): Promise<string | undefined> => tree?.read(path);
  const change: Change = {
    patch,
    base,
    before: new Map(),
    after: new Map(),
    files: patch.files,
    leftOut: [],
    around,
    status: 'not-applied',
    why,
  };
  return { change, after: new Map() };
}

function changeOf(tree: Tree, base: Base, files: State, success: Success): Change {
  const { patch } = success;
  const before = texts(files);
  return {
    patch,
    base,
    before,
    after: texts(success.after),
    files: patch.files,
    leftOut: success.leftOut,
    around: async (path) => before.get(path) ?? tree.read(path, base.at),
    status: 'applied',
  };
}

/**
 * Tries one base after the other, then with `restore` those whose white space differs. A broken tree ends the
 * search with its reason: the patch may be right.
 */
export async function applyOnce(
  patch: Patch,
  tree: Tree,
  bases: AsyncIterable<Candidate | BaseTry>,
  restore = true,
): Promise<Applied> {
  if (isUnusable(patch)) return notApplied(patch, tree, [], fatalProblem(patch)!.reason);
  const tries: BaseTry[] = [];
  const failed: Attempt[] = [];
  const finish = ({ candidate, step, success }: Attempt): Applied => {
    tries.push(step);
    const base = baseOf(candidate, patch, tree, tries);
    return { change: changeOf(tree, base, candidate.files, success!), after: success!.after };
  };
  try {
    for await (const candidate of bases) {
      if ('outcome' in candidate) {
        tries.push(candidate);
        continue;
      }
      const made = await attempt(patch, candidate, tree);
      if (made.success) return finish(made);
      tries.push(made.step);
      failed.push(made);
    }
    const restored = restore ? await attemptRestored(patch, failed, tree) : undefined;
    if (restored) return finish(restored);
  } catch (error) {
    return notApplied(patch, tree, tries, (error as Error).message);
  }
  return notApplied(patch, tree, tries, whyNot(tries, tree));
}
