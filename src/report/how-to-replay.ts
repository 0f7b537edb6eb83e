import type { Finding } from '../finding/finding.js';
import type { Base, PatchReview } from '../finding/review.js';
import type { ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { replayCommand } from './finding-text.js';
import { wrap } from './wrap.js';

/** The reader has the mail, not our file: the command names one that they save it as. */
const savedAs = 'patch.mbox';

/** Without `--tree`: Faultline takes the checkout that it is started in, and our paths are not the reader's. */
export function howToReplay(
  findings: Finding[],
  patch: PatchReview,
  config: ReportContext['config'],
  width: number,
): string[] {
  const { tree, commit } = publicBase(patch);
  const checkout = patch.base.baseline
    ? ''
    : `, in a checkout of ${escapeLine(commit?.slice(0, 12) ?? tree ?? 'its base')}`;
  const commands = findings.map((finding) =>
    replayCommand(finding.witness, { patchName: savedAs, trees: [], config }).replace(
      ' --patch',
      ' \\\n    --patch',
    ),
  );
  const intro = wrap(`To run it again${checkout}, with this patch saved as ${savedAs}:`, width);
  return [...intro, ...commands.flatMap((each) => `  ${each}`.split('\n')), ''];
}

/** A folder of the machine that answers is nobody's business: only its last name is told. */
export function publicBase({ base }: PatchReview): Base {
  const tree = base.tree?.replace(/(?<![/\\])[/\\]+$/, '').replace(/^.*[/\\]/, '');
  return { ...base, tree: tree ?? null };
}
