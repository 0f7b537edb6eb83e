import { Macros } from './macro.js';

/** Filled in below. */
export function kernelLoops(): Macros {
  return new Macros();
}
