/** Why there is no result: one clear line for the user and the exit code that goes with it. */
export interface Problem {
  problem: string;
  /** 2 usage or configuration, 3 input cannot be read, applied or analysed, 4 a service cannot be reached. */
  exit: number;
}

/** How a problem begins that is none: the message is one of the many that carry no patch. */
export const noPatch = 'no patch in this message';

/** Whether an answer is a problem instead of a result. */
export function isProblem(answer: object): answer is Problem {
  return 'problem' in answer && 'exit' in answer;
}
