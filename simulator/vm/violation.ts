/** What an execution did that it must not do. Thrown by the machine, caught by the search. */
export class Violation extends Error {
  constructor(
    /** The rule's word (rules/README.md): `use-after-free`, `lost-wakeup`, ... */
    readonly rule: string,
    message: string,
    /** What it happened to: a global's name, `heap`, `stack`; empty when there is none. */
    readonly object = '',
  ) {
    super(message);
  }
}

/** Why an execution cannot be judged: a guess of the front end was run, or a limit was reached. */
export class NotAnalysed extends Error {}

/** A thread goes on and on where no other could end it. */
export class Endless extends NotAnalysed {}
