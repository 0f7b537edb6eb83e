/** Operations of the encoded program (encode.ts writes them, run.ts runs them). The words of each stand beside it. */
export enum Op {
  Move, // d a
  Add32, // d a b f width signed (all binaries)
  Add64,
  Sub32,
  Sub64,
  And32,
  And64,
  Or32,
  Or64,
  Eq,
  Ne,
  Lt32,
  Lt64,
  Ltu32,
  Ltu64,
  Le32,
  Le64,
  Leu32,
  Leu64,
  Binary,
  Unary, // d a f width
  Lnot,
  Convert, // d a from to
  ToBool,
  Load, // d address offset type
  Store, // a address offset type
  Copy, // to from size
  Clear, // address size
  Local, // d offset
  Jump, // to
  Branch, // a then else
  Switch, // a count otherwise (value to)*
  Call, // d count callee args
  CallIndirect, // d count address args
  Return, // a
  ReturnVoid, // -
  Intrinsic, // d count index args
  Await, // d wait address value
  Yield, // -
  Choose, // d count
  Unknown, // d
  Guess, // -
}
