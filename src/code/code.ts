import type { Headers } from './header.js';

/** The files under review at one moment: text by kernel path. */
export interface Code {
  files: ReadonlyMap<string, string>;
  /** Faultline's own words for the code, not the reader's tree. */
  baseline: boolean;
  /** What a patch adds to the kernel's headers. */
  headers?: Headers;
}
