/** A catalogue entry as its head comment tells it (rules/README.md). The race stage reads and extends it. */
export interface CatalogueEntry {
  id: string;
  title: string;
  rule: string;
  /** Range of versions: `v4.10..v4.11-rc5`. */
  seen: string | null;
  introduced: string | null;
  fixed: string | null;
  link: string | null;
  advice: string | null;
  /** The prose below the trailers, as written. */
  prose: string;
  /** Path of its file below the repository. */
  file: string;
}
