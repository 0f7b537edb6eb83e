import type { Finding } from './finding.js';

/**
 * Findings of interleavings and of paths, each thing once: where both show it, the interleaving tells it and names
 * the path's witness beside it. A path that shows another standing of the same thing than the interleaving says
 * nothing: who runs the callers as well knows more.
 */
export function unite(replayed: readonly Finding[], walked: readonly Finding[]): Finding[] {
  const alone: Finding[] = [];
  const findings = replayed.map((finding) => ({ ...finding, alsoSeenAs: [...finding.alsoSeenAs] }));
  for (const path of walked) {
    const same = findings.find((finding) => isSame(finding, path));
    if (same === undefined) alone.push(path);
    else if (same.status === path.status)
      same.alsoSeenAs.push(`a path of one function: faultline replay ${path.witness}`);
  }
  return [...findings, ...alone];
}

function isSame(a: Finding, b: Finding): boolean {
  return (
    a.rule === b.rule && a.location.file === b.location.file && a.location.function === b.location.function
  );
}
