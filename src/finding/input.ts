/** What a review is asked to look at. */
export interface Input {
  /** A mail, an mbox or a diff. */
  bytes: Buffer;
  /** The mail that is meant among those of its thread, without angle brackets. */
  wanted?: string;
  /** Where the code before it is, when where it came from says so. */
  tree?: string;
}

/** Where mails that are no files may be. */
export interface LookUpOptions {
  /** A store that `faultline ingest` fills. */
  store?: string;
  /** `https://host/list/` of an archive. */
  from?: string;
}
