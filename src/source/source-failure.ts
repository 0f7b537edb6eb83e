/**
 * `refused`: trying again changes nothing (a wrong password, no such folder). `lost`: a connection that was
 * there or may come. `damaged`: what the source says makes no sense.
 */
export type FailureKind = 'refused' | 'lost' | 'damaged';

/** Why a source cannot be read: one clear line, and the cause for those who look for it. */
export class SourceFailure extends Error {
  override readonly name = 'SourceFailure';

  constructor(
    readonly kind: FailureKind,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** Anything thrown, as a failure of the source. */
export function asFailure(error: unknown, name: string): SourceFailure {
  if (error instanceof SourceFailure) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const text = error instanceof Error ? error.message : String(error);
  return new SourceFailure('lost', `${name}: ${code ?? text.split('\n')[0]}`, { cause: error });
}
