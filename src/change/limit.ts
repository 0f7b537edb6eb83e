/** Bounds on what a stranger's patch may ask for. Real kernel patches stay far below each of them. */
export const limit = {
  /** Characters of a `diff`, `index`, `---` or `@@` line; parse-diff needs quadratic time on long ones. */
  headerLine: 4096,
  /** Characters of a line in a hunk. */
  hunkLine: 100_000,
  /** Files of one patch. */
  files: 5000,
  /** Problems told of one patch. */
  problems: 100,
  /** Bytes of one file of a tree. */
  fileBytes: 16 * 1024 * 1024,
  /** Bytes that a path may have. */
  pathBytes: 1024,
} as const;
