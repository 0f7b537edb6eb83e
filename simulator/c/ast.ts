import type { LeftOut } from './preprocess.js';

/** The C syntax tree: what parse writes and lower reads. Positions are lines of the source file. */

export interface Position {
  file: string;
  line: number;
}

/** A type as written. Typedef names are resolved by lower, which knows every unit. */
export type TypeName =
  | {
      kind: 'builtin';
      name: 'void' | 'bool' | 'i8' | 'u8' | 'i16' | 'u16' | 'i32' | 'u32' | 'i64' | 'u64' | 'float';
    }
  | { kind: 'typedef'; name: string }
  | {
      kind: 'record';
      union: boolean;
      tag: string | undefined;
      members: Member[] | undefined;
      packed?: boolean;
    }
  | {
      kind: 'enum';
      tag: string | undefined;
      items: { name: string; value: Expression | undefined }[] | undefined;
    }
  | { kind: 'typeof'; of: Expression | TypeName }
  | { kind: 'pointer'; to: TypeName }
  | { kind: 'array'; of: TypeName; length: Expression | undefined }
  | { kind: 'function'; result: TypeName; parameters: Parameter[]; variadic: boolean };

export interface Member {
  /** No name: an anonymous struct or union whose members are the outer one's, or with `bits` padding. */
  name: string | undefined;
  type: TypeName;
  bits: Expression | undefined;
}

/** Arrays and functions as parameters are written as the pointers that they are. */
export interface Parameter {
  name: string | undefined;
  type: TypeName;
}

export type Expression = Position &
  (
    | { kind: 'number'; value: bigint; type: 'i32' | 'u32' | 'i64' | 'u64' }
    | { kind: 'string'; value: string }
    | { kind: 'name'; name: string }
    | { kind: 'unary'; operator: '-' | '+' | '~' | '!' | '*' | '&'; a: Expression }
    | { kind: 'increment'; by: 1 | -1; prefix: boolean; a: Expression }
    /** `,`, `&&` and `||` included. */
    | { kind: 'binary'; operator: string; a: Expression; b: Expression }
    /** As spelled: `=`, `+=`, `<<=`. */
    | { kind: 'assign'; operator: string; a: Expression; b: Expression }
    | { kind: 'conditional'; test: Expression; then: Expression | undefined; else: Expression }
    | { kind: 'call'; callee: Expression; args: Expression[] }
    | { kind: 'index'; a: Expression; index: Expression }
    | { kind: 'member'; a: Expression; name: string; arrow: boolean }
    | { kind: 'cast'; type: TypeName; a: Expression }
    | { kind: 'compound'; type: TypeName; initialiser: Initialiser }
    | { kind: 'sizeof'; of: Expression | TypeName; align: boolean }
    | { kind: 'offsetof'; type: TypeName; path: Designator[] }
    | { kind: 'typesCompatible'; a: TypeName; b: TypeName }
    | { kind: 'chooseExpr'; test: Expression; then: Expression; else: Expression }
    | { kind: 'statements'; body: Statement[] }
    | { kind: 'labelAddress'; label: string }
    | { kind: 'generic'; control: Expression; choices: { type: TypeName | undefined; value: Expression }[] }
  );

export type Designator = { member: string } | { index: Expression; to?: Expression };

export type Initialiser =
  | { kind: 'value'; value: Expression }
  | { kind: 'list'; items: { at: Designator[]; value: Initialiser }[] };

export type Statement = Position &
  (
    | { kind: 'expression'; value: Expression }
    | { kind: 'block'; body: Statement[] }
    | { kind: 'declare'; declarations: Declaration[] }
    | { kind: 'if'; test: Expression; then: Statement; else: Statement | undefined }
    | { kind: 'while'; test: Expression; body: Statement }
    | { kind: 'do'; test: Expression; body: Statement }
    | {
        kind: 'for';
        first: Statement | undefined;
        test: Expression | undefined;
        step: Expression | undefined;
        body: Statement;
      }
    | { kind: 'switch'; value: Expression; body: Statement }
    | { kind: 'case'; value: Expression | undefined; to: Expression | undefined; body: Statement }
    | { kind: 'label'; name: string; body: Statement }
    | { kind: 'goto'; label: string }
    | { kind: 'break' }
    | { kind: 'continue' }
    | { kind: 'return'; value: Expression | undefined }
    | { kind: 'asm' }
    | { kind: 'empty' }
  );

export type Declaration = Position &
  (
    | {
        kind: 'variable';
        name: string;
        type: TypeName;
        storage: 'auto' | 'static' | 'extern';
        initialiser: Initialiser | undefined;
        /** The function of `__attribute__((cleanup(f)))`. */
        cleanup: string | undefined;
      }
    | { kind: 'typedef'; name: string; type: TypeName }
    | { kind: 'prototype'; name: string; type: TypeName }
    | { kind: 'type'; type: TypeName }
    | { kind: 'assert'; test: Expression; text: string }
  );

export interface FunctionDefinition extends Position {
  name: string;
  type: Extract<TypeName, { kind: 'function' }>;
  static: boolean;
  inline: boolean;
  /** The model's own specifiers `atomic` and `fused` (simulator/kernel/README.md). */
  step: 'plain' | 'atomic' | 'fused';
  /** The model's `instead`: it stands even where the code under review has a function of that name. */
  instead: boolean;
  /** The model's `otherwise`: a function of that name in the code under review takes its place, whoever calls it. */
  otherwise: boolean;
  /** The text could not be parsed: why, and where. Then the body is empty and never executed. */
  broken: { reason: string; line: number } | undefined;
  body: Statement[];
  endLine: number;
}

export interface Unit {
  file: string;
  functions: FunctionDefinition[];
  declarations: Declaration[];
  /** What conditions left out before it was parsed. */
  leftOut: readonly LeftOut[];
  /** What could not be parsed outside functions. */
  problems: { reason: string; line: number }[];
}
