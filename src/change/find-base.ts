import { applicable } from './apply-git.js';
import { isBlob, isNullId } from './blob-id.js';
import type { BaseMethod, BaseTry } from './change.js';
import { explainMisfit } from './explain.js';
import type { FilePatch, Patch } from './patch.js';
import type { Tree, TreeState } from './tree.js';

/** Files that a patch may have been made for. */
export interface Candidate {
  method: BaseMethod;
  /** What `Tree.read` takes. */
  at: string | undefined;
  label: string | undefined;
  commit: string | undefined;
  /** By path; files that the state does not have are absent. */
  files: Map<string, Buffer>;
}

/** Paths that decide whether a patch applies, targets of new files and renames included. */
export function pathsOf(patch: Patch): string[] {
  return [...new Set(applicable(patch).flatMap((file) => [file.oldPath, file.newPath]))];
}

async function readState(tree: Tree, paths: string[], at: string | undefined): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const path of paths) {
    const bytes = await tree.readBytes(path, at);
    if (bytes) files.set(path, bytes);
  }
  return files;
}

/**
 * Files whose content before the patch the `index` line names. A diff of several commits names a file again;
 * only its first part speaks of the state before.
 */
function named(patch: Patch): FilePatch[] {
  return firstParts(applicable(patch)).filter((file) => file.kind !== 'add');
}

/** Without the parts that change what an earlier part of the same diff made. */
export function firstParts(files: FilePatch[]): FilePatch[] {
  const made = new Set<string>();
  return files.filter((file) => {
    const again = made.has(file.oldPath);
    made.add(file.oldPath).add(file.newPath);
    return !again;
  });
}

/** Of several contents with one abbreviated id the one that the hunks fit. */
function fitting(file: FilePatch, contents: Buffer[]): Buffer | undefined {
  const fit = contents.find((bytes) => !explainMisfit(file, bytes.toString('utf8')));
  return fit ?? contents[0];
}

/** A commit that has all these contents: the one the mail names, or one with the first file's content. */
async function commitOf(patch: Patch, tree: Tree, files: Map<string, Buffer>): Promise<string | undefined> {
  const [first] = named(patch);
  const hasAll = async (commit: string): Promise<boolean> => {
    for (const [path, bytes] of files) if (!(await tree.readBytes(path, commit))?.equals(bytes)) return false;
    return true;
  };
  const base = patch.baseCommit && (await tree.commit?.(patch.baseCommit));
  if (base && (await hasAll(base))) return base;
  const found = first?.oldBlob && (await tree.commitWith?.(first.oldPath, first.oldBlob));
  return found && (await hasAll(found)) ? found : undefined;
}

/** The exact files that the `index` lines name, whatever branch they are on. */
async function byBlob(patch: Patch, tree: Tree): Promise<Candidate | BaseTry> {
  const failed = (outcome: string, file?: string): BaseTry => ({
    method: 'blob',
    tree: tree.name,
    kind: 'not-there',
    outcome,
    ...(file === undefined ? {} : { file }),
  });
  const wanted = named(patch);
  if (wanted.length === 0) return failed('the patch only adds files');
  const files = new Map<string, Buffer>();
  for (const file of wanted) {
    if (!file.oldBlob || isNullId(file.oldBlob))
      return failed(`${file.oldPath}: no index line`, file.oldPath);
    const bytes = fitting(file, await tree.blobs!(file.oldBlob));
    if (!bytes) return failed(`${file.oldPath}: the repository has no blob ${file.oldBlob}`, file.oldPath);
    files.set(file.oldPath, bytes);
  }
  const commit = await commitOf(patch, tree, files);
  // Where no commit has them together, what lies around them is best looked up on the day of the mail.
  const around = commit === undefined && patch.message.date && (await tree.madeBy?.(patch.message.date))?.[0];
  return { method: 'blob', at: commit ?? (around || undefined), label: commit?.slice(0, 12), commit, files };
}

async function byBaseCommit(patch: Patch, tree: Tree): Promise<Candidate | BaseTry> {
  const failed = (outcome: string): BaseTry => {
    return { method: 'base-commit', tree: tree.name, kind: 'not-there', outcome };
  };
  if (!patch.baseCommit) return failed('the patch names no base commit');
  const commit = await tree.commit!(patch.baseCommit);
  if (!commit) return failed(`the repository has no commit ${patch.baseCommit.slice(0, 12)}`);
  return stateAt('base-commit', commit, patch, tree);
}

/** The newest commit that has the patches which the series says it stands on. */
async function byPrerequisites(patch: Patch, tree: Tree): Promise<Candidate | BaseTry> {
  const wanted = patch.prerequisites;
  const found = await tree.patchIds!(wanted, pathsOf(patch), patch.message.date);
  const [newest] = found;
  if (!newest) {
    const outcome = `the repository has no commit with the patch ${wanted[0]!.slice(0, 12)}`;
    return { method: 'prerequisite', tree: tree.name, kind: 'not-there', outcome };
  }
  return stateAt('prerequisite', newest.commit, patch, tree);
}

async function stateAt(method: BaseMethod, commit: string, patch: Patch, tree: Tree): Promise<Candidate> {
  const files = await readState(tree, pathsOf(patch), commit);
  return { method, at: commit, label: commit.slice(0, 12), commit, files };
}

/** What the tree was when the mail was written: a later one may take the patch and not be what it was made for. */
async function* byDate(patch: Patch, tree: Tree): AsyncGenerator<Candidate> {
  for (const commit of await tree.madeBy!(patch.message.date!)) yield stateAt('date', commit, patch, tree);
}

const methods: Record<Tree['kind'], BaseMethod> = {
  git: 'applies',
  folder: 'folder',
  tarball: 'tarball',
  baseline: 'baseline',
};

async function byState(patch: Patch, tree: Tree, state: TreeState): Promise<Candidate> {
  const files = await readState(tree, pathsOf(patch), state.at);
  const commit = tree.kind === 'git' ? state.at : undefined;
  return { method: methods[tree.kind], at: state.at, label: state.label, commit, files };
}

/** The baseline has only what is modelled: a patch that touches none of it applies, and does nothing there. */
function nothingThere(tree: Tree): Candidate | BaseTry {
  const method = methods[tree.kind];
  if (tree.kind !== 'baseline')
    return { method, tree: tree.name, kind: 'not-there', outcome: 'it has no commits' };
  return { method, at: undefined, label: undefined, commit: undefined, files: new Map() };
}

/**
 * The states of a tree that a patch may have been made for, best first: in a repository the exact blobs, the
 * base commit, the patches that it stands on, the day of the mail, then whatever applies. A failed try comes
 * in place of a candidate; no commit comes twice. States differ that differ at `paths`, those of a whole series.
 */
export async function* findBases(
  patch: Patch,
  tree: Tree,
  paths: string[] = pathsOf(patch),
): AsyncGenerator<Candidate | BaseTry> {
  const seen = new Set<string>();
  for await (const candidate of allBases(patch, tree, paths)) {
    const commit = 'outcome' in candidate ? undefined : candidate.commit;
    if (commit !== undefined && seen.has(commit)) continue;
    if (commit !== undefined) seen.add(commit);
    yield candidate;
  }
}

async function* allBases(patch: Patch, tree: Tree, paths: string[]): AsyncGenerator<Candidate | BaseTry> {
  if (tree.blobs) yield await byBlob(patch, tree);
  if (tree.commit) yield await byBaseCommit(patch, tree);
  if (tree.patchIds && patch.prerequisites.length > 0) yield await byPrerequisites(patch, tree);
  if (tree.madeBy && patch.message.date !== undefined) yield* byDate(patch, tree);
  const states = await tree.states(paths, patch.message.date);
  if (states.length === 0) yield nothingThere(tree);
  for (const state of states) yield await byState(patch, tree, state);
}

/** Whether every file is byte for byte the one that its `index` line names. */
export function isExact(patch: Patch, files: Map<string, Buffer>): boolean {
  return named(patch).every((file) => {
    const bytes = files.get(file.oldPath);
    return bytes !== undefined && file.oldBlob !== undefined && isBlob(bytes, file.oldBlob);
  });
}
