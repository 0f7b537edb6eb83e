import type { Operand } from '../../vm/program.js';
import type { Bits } from '../layout.js';
import type { Type } from '../type.js';

/** Where a local variable lives. */
export type Storage =
  | { at: 'register'; register: number }
  /** In the frame's memory, because its address is taken or it is no scalar. */
  | { at: 'frame'; offset: number }
  /** A struct passed by value: the register holds the address of the copy. */
  | { at: 'memory'; address: Operand; offset: number };

/** An lvalue. */
export type Place = Storage & { type: Type; bits?: Bits | undefined };

/** A scalar in a register or a constant; a record is its address; `constant` is its mathematical value. */
export interface Value {
  operand: Operand;
  type: Type;
  constant?: bigint | undefined;
}
