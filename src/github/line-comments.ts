import type { Finding } from '../finding/finding.js';
import { ownLine } from '../finding/own-line.js';
import type { PatchReview, Review } from '../finding/review.js';
import { type Forge, statusOf } from './forge.js';
import { type Pull, type PullName, parameters } from './pull.js';
import { loginOf } from './sticky.js';

/** A comment beside a line that the pull request changes. */
export interface LineComment {
  /** Of the finding; hidden in the comment, by which it is found again. */
  id: string;
  path: string;
  line: number;
  side: 'LEFT' | 'RIGHT';
  body: string;
}

/** Lines that a pull request changes: `path` to numbers after it (RIGHT) and before it (LEFT). */
export type ChangedLines = ReadonlyMap<string, { right: ReadonlySet<number>; left: ReadonlySet<number> }>;

const mostComments = 1000;
const marker = /^<!-- faultline finding ([0-9a-f]{6,64}) -->/;

interface FileData {
  filename: string;
  patch?: string;
}

/** Reads which lines GitHub shows as changed; comments elsewhere would be refused. */
export async function readChangedLines(forge: Forge, name: PullName): Promise<ChangedLines> {
  const files = await forge.list<FileData>(
    'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
    parameters(name),
    3000,
  );
  return new Map(files.map(({ filename, patch }) => [filename, linesOf(patch ?? '')]));
}

/** The numbers of added and of deleted lines of a file's hunks. */
export function linesOf(patch: string): { right: Set<number>; left: Set<number> } {
  const right = new Set<number>();
  const left = new Set<number>();
  let [before, after] = [0, 0];
  for (const line of patch.split('\n')) {
    const header = /^@@ -(\d{1,9})(?:,\d{1,9})? \+(\d{1,9})(?:,\d{1,9})? @@/.exec(line);
    if (header !== null) [before, after] = [Number(header[1]), Number(header[2])];
    else if (line.startsWith('+')) right.add(after++);
    else if (line.startsWith('-')) left.add(before++);
    else if (!line.startsWith('\\')) {
      before++;
      after++;
    }
  }
  return { right, left };
}

/** What was introduced, beside the changed line that it stands on; what stands elsewhere is in the one comment only. */
export function lineComments(review: Review, changed: ChangedLines): LineComment[] {
  const told = review.patches.flatMap((patch) => patch.findings.map((finding) => ({ finding, patch })));
  return told
    .filter(({ finding }) => finding.status === 'introduced')
    .flatMap(({ finding, patch }) => commentOf(finding, patch, changed));
}

function commentOf(finding: Finding, patch: PatchReview, changed: ChangedLines): LineComment[] {
  const { file, side } = finding.location;
  const line = ownLine(finding);
  const lines = changed.get(file);
  const there = side === 'after' ? lines?.right : lines?.left;
  if (there?.has(line) !== true) return [];
  const words = `**${finding.rule}** in \`${finding.location.function.replace(/[^\w]/g, '')}()\`: ${plain(finding.title)}.`;
  const body = `<!-- faultline finding ${finding.id} -->\n${words} The interleaving is in the comment on the whole; it was found in "${plain(patch.subject)}".`;
  return [{ id: finding.id, path: file, line, side: side === 'after' ? 'RIGHT' : 'LEFT', body }];
}

/** What a forge would take for markup or a mention stays what it is. */
export function plain(text: string): string {
  return text
    .replace(/[^\x20-\x7e]/g, '?')
    .replace(/[\\`*_{}[\]<>#|~&@]/g, '\\$&')
    .slice(0, 300);
}

interface ReviewComment {
  id: number;
  body: string;
  path: string;
  line?: number | null;
  side?: string;
  user: { login: string } | null;
}

/**
 * Makes our comments beside lines be these: what stands there already stays, what moved or is gone is taken away,
 * and what is new comes in one review, so that people get one mail.
 */
export async function putLineComments(
  forge: Forge,
  pull: Pull,
  wanted: readonly LineComment[],
): Promise<void> {
  const own = await loginOf(forge);
  const all = await forge.list<ReviewComment>(
    'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments',
    parameters(pull),
    mostComments,
  );
  const open = [...wanted];
  for (const comment of all) {
    const id = comment.user?.login === own ? marker.exec(comment.body)?.[1] : undefined;
    if (id === undefined) continue;
    const at = open.findIndex(
      (each) => each.id === id && each.path === comment.path && each.line === comment.line,
    );
    if (at >= 0) open.splice(at, 1);
    else
      await forge.request('DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}', {
        owner: pull.owner,
        repo: pull.repo,
        comment_id: comment.id,
      });
  }
  if (open.length === 0) return;
  await forge
    .request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
      ...parameters(pull),
      commit_id: pull.headSha,
      event: 'COMMENT',
      comments: open.map(({ path, line, side, body }) => ({ path, line, side, body })),
    })
    .catch((error) => {
      // The forge sees another diff than it showed: all of this is in the one comment, too.
      if (statusOf(error) !== 422) throw error;
    });
}
