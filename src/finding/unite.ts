import type { Finding, Location } from './finding.js';

/**
 * Findings of interleavings and of paths, each thing once: where both show it, the interleaving tells it and names
 * the path's witness beside it. A path that shows another standing than the interleaving says nothing, since who runs
 * the callers as well knows more, or is doubted where it is an alarm: it may be about another lock. What a path alone
 * shows where races come to all that is changed, and do not show it, may rest on what no caller does: it is told, and
 * not called introduced.
 */
export function unite(
  replayed: readonly Finding[],
  walked: readonly Finding[],
  isRun: (place: Location) => boolean,
): Finding[] {
  const alone: Finding[] = [];
  const findings = replayed.map((finding) => ({ ...finding, alsoSeenAs: [...finding.alsoSeenAs] }));
  for (const path of walked) {
    const same = findings.find((finding) => isSame(finding, path));
    if (same === undefined) alone.push(isShown(path) && isRun(path.location) ? doubted(path) : path);
    else if (same.status !== path.status) {
      if (isIntroduced(path) && same.status !== 'unknown-origin') alone.push(doubted(path));
    } else
      same.alsoSeenAs.push(
        `a path of one function, with a witness of its own: '${path.witness}'`,
        ...path.alsoSeenAs,
      );
  }
  return [...findings, ...alone];
}

function isSame(a: Finding, b: Finding): boolean {
  return (
    a.rule === b.rule && a.location.file === b.location.file && a.location.function === b.location.function
  );
}

/** Whether races could show it, too: to them a variable that nobody has set is 0. */
const isShown = ({ rule }: Finding) => rule !== 'unset-variable';

const isIntroduced = ({ status }: Finding) => status === 'introduced';

function doubted(path: Finding): Finding {
  if (!isIntroduced(path)) return path;
  const message = `${path.message} The races that run this function do not show it.`;
  return { ...path, status: 'unknown-origin', message };
}
