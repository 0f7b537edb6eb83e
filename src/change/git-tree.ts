import { isBlob } from './blob-id.js';
import { git } from './git.js';
import { limit } from './limit.js';
import { whyUnsafe } from './path.js';
import type { Tree, TreeState } from './tree.js';

/** References that are looked at, and different contents that are worth trying. */
const mostReferences = 300;
const mostStates = 24;

/** A search that takes longer ends without an answer. */
const slowMs = 15_000;
/** Commits whose patch ids are compared with what a series stands on, and how far from the day of the mail. */
const mostPrerequisites = 500;
const prerequisiteDays = 365 * 24 * 3600_000;

function day(time: number): string {
  return new Date(time).toISOString();
}

class GitTree implements Tree {
  readonly kind = 'git';
  private readonly texts = new Map<string, Promise<Buffer | undefined>>();

  constructor(
    readonly name: string,
    private readonly gitDir: string,
  ) {}

  private git(args: string[], input?: string | Buffer, timeoutMs = 60_000) {
    return git([`--git-dir=${this.gitDir}`, ...args], {
      timeoutMs,
      ...(input === undefined ? {} : { input }),
    });
  }

  readBytes(path: string, at = 'HEAD'): Promise<Buffer | undefined> {
    const key = `${at}:${path}`;
    const known = this.texts.get(key);
    if (known) return known;
    const bytes = this.readObject(path, at);
    this.texts.set(key, bytes);
    return bytes;
  }

  async read(path: string, at?: string): Promise<string | undefined> {
    return (await this.readBytes(path, at))?.toString('utf8');
  }

  /** The mode comes along, so that a symbolic link's target is never taken for a file's text. */
  private async readObject(path: string, at: string): Promise<Buffer | undefined> {
    if (whyUnsafe(path)) return undefined;
    const listed = await this.git(['ls-tree', '-z', '--full-tree', '--end-of-options', at, '--', path]);
    const entry = /^100[0-7]{3} blob ([0-9a-f]{40,64})\t/.exec(listed.stdout.toString('utf8'));
    return entry ? this.content(entry[1]!) : undefined;
  }

  private async content(id: string): Promise<Buffer | undefined> {
    const shown = await this.git(['cat-file', 'blob', id]);
    if (shown.code !== 0) return undefined;
    if (shown.stdout.length > limit.fileBytes) throw new Error(`blob ${id} is too large to read`);
    return shown.stdout;
  }

  async blobs(id: string): Promise<Buffer[]> {
    if (!/^[0-9a-f]{4,64}$/.test(id)) return [];
    const found = await this.git(['rev-parse', `--disambiguate=${id}`]);
    const ids = found.stdout.toString('utf8').split('\n').filter(Boolean).slice(0, 20);
    const kinds = await this.git(
      ['cat-file', '--batch-check=%(objectname) %(objecttype)'],
      `${ids.join('\n')}\n`,
    );
    const blobs = [...kinds.stdout.toString('utf8').matchAll(/^([0-9a-f]+) blob$/gm)].map(
      (match) => match[1]!,
    );
    const contents = await Promise.all(blobs.map((blob) => this.content(blob)));
    return contents.filter((bytes): bytes is Buffer => bytes !== undefined && isBlob(bytes, id));
  }

  async commit(name: string): Promise<string | undefined> {
    if (!/^[0-9a-f]{7,64}$/.test(name) && name !== 'HEAD') return undefined;
    const found = await this.git([
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${name}^{commit}`,
    ]);
    return found.code === 0 ? found.stdout.toString('utf8').trim() : undefined;
  }

  async commitWith(path: string, id: string): Promise<string | undefined> {
    const states = (await this.states([path])).map(({ at }) => at!);
    const commits = [...states, ...(await this.commitsAround(path, id))];
    for (const commit of commits) {
      const bytes = await this.readBytes(path, commit);
      if (bytes && isBlob(bytes, id)) return this.commit(commit);
    }
    return undefined;
  }

  /** The commits that brought or removed a content, and their parents. A slow search ends without one. */
  private async commitsAround(path: string, id: string): Promise<string[]> {
    const [full] = (await this.git(['rev-parse', '--verify', '--quiet', `${id}^{blob}`])).stdout
      .toString('utf8')
      .split('\n');
    if (!full) return [];
    const args = [
      'log',
      '--all',
      '--format=%H %P',
      '--no-renames',
      `--find-object=${full}`,
      '-2',
      '--',
      path,
    ];
    const found = await this.git(args, undefined, slowMs);
    return found.stdout.toString('utf8').split(/\s+/).filter(Boolean).slice(0, 6);
  }

  async madeBy(date: string): Promise<string[]> {
    const before = `--before=${date}`;
    const asked = [['HEAD'], ['--branches', '--remotes', '--tags']].map((where) =>
      this.git(['rev-list', '-1', before, ...where, '--'], undefined, slowMs),
    );
    const found = (await Promise.all(asked)).map(({ stdout }) => stdout.toString('utf8').trim());
    return [...new Set(found.filter((line) => /^[0-9a-f]{40,64}$/.test(line)))];
  }

  async patchIds(ids: string[], paths: string[], date: string | undefined) {
    const safe = paths.filter((path) => !whyUnsafe(path)).slice(0, 100);
    const around = Date.parse(date ?? '');
    const window = Number.isNaN(around)
      ? []
      : [`--since=${day(around - prerequisiteDays)}`, `--until=${day(around + prerequisiteDays)}`];
    // All of a commit's diff is in its patch id, and not only what it does to these paths.
    const args = [
      'log',
      '--all',
      '--no-merges',
      '--full-diff',
      '-p',
      `-${mostPrerequisites}`,
      ...window,
      '--',
      ...safe,
    ];
    const shown = await this.git(args, undefined, slowMs);
    const made = await this.git(['patch-id', '--stable'], shown.stdout, slowMs);
    const pairs = [...made.stdout.toString('utf8').matchAll(/^([0-9a-f]+) ([0-9a-f]+)$/gm)];
    return pairs.map((pair) => ({ id: pair[1]!, commit: pair[2]! })).filter(({ id }) => ids.includes(id));
  }

  async states(paths: string[], date?: string): Promise<TreeState[]> {
    const format = '--format=%(objectname) %(*objectname) %(creatordate:unix) %(refname:short)';
    const sorted = ['for-each-ref', '--sort=-creatordate', `--count=${mostReferences}`, format];
    const listed = await this.git([...sorted, 'refs/heads', 'refs/tags', 'refs/remotes']);
    const head = await this.commit('HEAD');
    const now = Number(
      (await this.git(['log', '-1', '--format=%ct', 'HEAD', '--'])).stdout.toString('latin1'),
    );
    const references = listed.stdout
      .toString('utf8')
      .split('\n')
      .map((line) => /^([0-9a-f]+) ([0-9a-f]*) (\d*) (.+)$/.exec(line))
      .filter((match) => match !== null)
      .map((match) => ({ label: match[4]!, at: match[2] || match[1]!, seconds: Number(match[3]) }));
    const all = head === undefined ? references : [{ label: 'HEAD', at: head, seconds: now }, ...references];
    const near = Date.parse(date ?? '') / 1000;
    // Of two states that both take a patch the one of its time is the likelier to be what it was made for.
    if (!Number.isNaN(near)) all.sort((a, b) => Math.abs(a.seconds - near) - Math.abs(b.seconds - near));
    return this.distinct(all, paths);
  }

  /** Of the states that have the same contents at these paths only the first. */
  private async distinct(states: { label: string; at: string }[], paths: string[]): Promise<TreeState[]> {
    const safe = paths.filter((path) => !whyUnsafe(path));
    const questions = states.flatMap(({ at }) => safe.map((path) => `${at}:${path}`));
    if (questions.length === 0) return states.slice(0, 1);
    const answered = await this.git(['cat-file', '--batch-check=%(objectname)'], `${questions.join('\n')}\n`);
    const answers = answered.stdout.toString('utf8').split('\n');
    const seen = new Set<string>();
    const kept = states.filter((_, index) => {
      const own = answers.slice(index * safe.length, (index + 1) * safe.length);
      const key = own.map((line) => (line.endsWith(' missing') ? '-' : line)).join(' ');
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
    return kept.slice(0, mostStates).map(({ label, at }) => ({ label, at }));
  }

  async close(): Promise<void> {}
}

/** Opens the repository in `gitDir`, bare or not. Its working files are not looked at. */
export function openGit(name: string, gitDir: string): Tree {
  return new GitTree(name, gitDir);
}
