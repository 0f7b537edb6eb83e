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
