import { git } from '../change/git.js';
import { SourceFailure } from './source-failure.js';

/** Commits of one range: no posting is longer. */
const mostCommits = 500;
const mostBytes = 20_000_000;

/** What stands in the name of a commit. Nothing in it is an option, a path or a pattern. */
const revision = /^[\w@][\w./~^@{}+-]{0,250}$/;

const form = [
  '--stdout',
  '--no-signature',
  '--full-index',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--src-prefix=a/',
  '--dst-prefix=b/',
];

async function ask(cwd: string, args: string[]): Promise<string | undefined> {
  const { code, stdout } = await git(args, { cwd, mostBytes });
  return code === 0 ? stdout.toString('utf8').trim() : undefined;
}

async function commitOf(cwd: string, name: string): Promise<string | undefined> {
  if (!revision.test(name)) return undefined;
  return ask(cwd, ['rev-parse', '--verify', '-q', '--end-of-options', `${name}^{commit}`]);
}

async function needed(cwd: string, name: string): Promise<string> {
  const commit = await commitOf(cwd, name);
  if (commit === undefined) throw new SourceFailure('refused', `${name}: there is no such commit here`);
  return commit;
}

/** The patches of a range (`A..B`, an end left out is HEAD), or of one commit; undefined where there is no checkout. */
export async function readRange(
  range: string,
  cwd: string,
): Promise<{ bytes: Buffer; tree: string } | undefined> {
  const tree = await ask(cwd, ['rev-parse', '--show-toplevel']);
  if (tree === undefined) return undefined;
  const ends = /^(.*?)\.\.(?!\.)(.*)$/.exec(range);
  let commits: string[];
  if (ends) {
    const [from, to] = [await needed(cwd, ends[1] || 'HEAD'), await needed(cwd, ends[2] || 'HEAD')];
    const count = Number(await ask(cwd, ['rev-list', '--count', '--no-merges', `${from}..${to}`, '--']));
    if (count === 0) throw new SourceFailure('refused', `${range}: there is no commit in it`);
    if (!(count <= mostCommits))
      throw new SourceFailure(
        'refused',
        `${range}: it has ${count} commits; at most ${mostCommits} are read`,
      );
    commits = [`${from}..${to}`];
  } else {
    const commit = await commitOf(cwd, range);
    if (commit === undefined)
      throw new SourceFailure('refused', `${range}: there is no such file, and no such commit here`);
    commits = ['-1', commit];
  }
  const { code, stdout, stderr } = await git(['format-patch', ...form, ...commits, '--'], { cwd, mostBytes });
  if (code !== 0)
    throw new SourceFailure('damaged', `${range}: ${stderr.split('\n')[0] || 'it is too long'}`);
  return { bytes: stdout, tree };
}
