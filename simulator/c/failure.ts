/**
 * Why a function cannot be lowered. Thrown inside the front end only; `lowerFunction` turns it into a
 * program that says the reason when it is run.
 */
export class Failure extends Error {
  constructor(
    readonly reason: string,
    readonly line?: number,
  ) {
    super(reason);
  }
}

/** The failure that was thrown. C nested deeper than the host's stack is one, too; anything else goes on. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  if (thrown instanceof RangeError) return new Failure('code nested too deep');
  throw thrown;
}
