/** What ends a daemon or a worker, and what makes it read its configuration again. */
export interface Signals {
  /** Calls back for each request to end; the second one means at once. */
  onStop(tell: () => void): void;
  onReload(tell: () => void): void;
}
