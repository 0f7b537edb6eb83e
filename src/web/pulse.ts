/** Changes within this time are told as one. */
const gatherMs = 500;

/** Tells pages that something changed; what it was they find out by asking. */
export class Pulse {
  private readonly listeners = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;

  beat(): void {
    if (this.listeners.size === 0) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      for (const listener of this.listeners) listener();
    }, gatherMs).unref();
  }

  /** Answers the function that ends it. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  get size(): number {
    return this.listeners.size;
  }
}
