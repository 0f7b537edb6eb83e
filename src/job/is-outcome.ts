import type { Limit, Outcome } from '../finding/outcome.js';

const limits: readonly string[] = ['time', 'memory', 'crash', 'size'] satisfies Limit[];

/** Whether what came out of a queue has the shape of an outcome. A queue may be shared, and workers may be older. */
export function isOutcome(value: unknown): value is Outcome {
  if (typeof value !== 'object' || value === null) return false;
  const { outcome, report, why, limit } = value as Record<string, unknown>;
  if (outcome === 'reviewed') return isReport(report);
  if (typeof why !== 'string') return false;
  return outcome === 'refused' || (outcome === 'not-analysed' && limits.includes(String(limit)));
}

function isReport(report: unknown): boolean {
  if (typeof report !== 'object' || report === null) return false;
  const { version, patches, series } = report as Record<string, unknown>;
  return version === 1 && Array.isArray(patches) && typeof series === 'object' && series !== null;
}
