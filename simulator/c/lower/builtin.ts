import type { Access } from '../../vm/program.js';
import type { Expression } from '../ast.js';
import { constant, knownTruth } from '../constant.js';
import { pointee, typeOf } from '../infer.js';
import type { Scope } from '../scope.js';
import { spelled } from '../symbol.js';
import { decayed, intType, pointerTo, scalarType, type Type, voidType } from '../type.js';
import { load, store } from './access.js';
import { type BitCount, bitType, countBits } from './bits.js';
import type { Body } from './body.js';
import { convert } from './convert.js';
import { effect, value } from './expression.js';
import { loaded, lvalue, pointedTo } from './lvalue.js';
import type { Value } from './place.js';

type Call = Extract<Expression, { kind: 'call' }>;

/** A function that the compiler or every kernel brings along, for where the model defines none. */
interface Builtin {
  type(e: Call, scope: Scope): Type;
  lower(body: Body, e: Call, wanted: boolean): Value;
}

/** Orders what is around it, or says that an access happens once: the model does all in order, and keeps the name. */
function orders(builtin: Builtin): Builtin {
  const lower: Builtin['lower'] = (body, e, wanted) => {
    body.orders.push({ name: spelled(e.callee), at: body.code.length });
    return builtin.lower(body, e, wanted);
  };
  return { ...builtin, lower };
}

const nothing: Builtin = { type: () => voidType, lower: (body) => body.constant(0n, voidType) };

/** Reads the lvalue that is the first argument. */
function reads(access: Access): Builtin {
  return {
    type: (e, scope) => (e.args[0] ? decayed(typeOf(e.args[0], scope)) : intType),
    lower: (body, e) => {
      if (!e.args[0]) return missing(body, e);
      return loaded(body, e.args[0], access);
    },
  };
}

/** Writes the second argument to the lvalue that is the first. */
function writes(access: Access): Builtin {
  return {
    type: (e, scope) => (e.args[0] ? decayed(typeOf(e.args[0], scope)) : intType),
    lower: (body, e) => {
      const [to, from] = e.args;
      if (!to || !from) return missing(body, e);
      const place = lvalue(body, to);
      return store(body, place, value(body, from), access);
    },
  };
}

const acquires: Builtin = {
  type: (e, scope) => (e.args[0] ? pointee(decayed(typeOf(e.args[0], scope))) : intType),
  lower: (body, e) => {
    if (!e.args[0]) return missing(body, e);
    return load(body, pointedTo(value(body, e.args[0]), spelled(e.args[0]), body), 'acquire');
  },
};

const releases: Builtin = {
  type: () => voidType,
  lower: (body, e) => {
    const [to, from] = e.args;
    if (!to || !from) return missing(body, e);
    const place = pointedTo(value(body, to), spelled(to), body);
    store(body, place, value(body, from), 'release');
    return body.constant(0n, voidType);
  },
};

/** The value of the first argument; the others are hints. */
const firstValue: Builtin = {
  type: (e, scope) => (e.args[0] ? decayed(typeOf(e.args[0], scope)) : intType),
  lower: (body, e) => (e.args[0] ? value(body, e.args[0]) : missing(body, e)),
};

const expect: Builtin = {
  type: () => scalarType('i64'),
  lower: (body, e) => {
    return e.args[0] ? convert(body, value(body, e.args[0]), scalarType('i64')) : missing(body, e);
  },
};

const isConstant: Builtin = {
  type: () => intType,
  lower: (body, e) => body.constant(constant(e, body.scope)?.value ?? 0n, intType),
};

/** A compile-time check whose condition must be false (or, of an assertion, true). */
function check(wrong: boolean, inner: Type): Builtin {
  return {
    type: () => inner,
    lower: (body, e) => {
      const test = e.args[0];
      if (test && knownTruth(test, body.scope) === wrong) {
        const name = e.callee.kind === 'name' ? e.callee.name : '';
        body.problems.push({ line: e.line, reason: `${name}() fails` });
      }
      return body.constant(0n, inner);
    },
  };
}

const sets: Builtin = {
  type: () => pointerTo(voidType),
  lower: (body, e) => {
    const [to, byte, length] = e.args;
    if (!to || !byte || !length) return missing(body, e);
    const address = value(body, to);
    const size = knownSize(body, length);
    const zero = constant(byte, body.scope)?.value === 0n;
    if (size === undefined || !zero) body.guess('memset of unknown size, or with what is not 0');
    else if (size > 0) body.emit({ op: 'clear', address: address.operand, size });
    return address;
  },
};

const copies: Builtin = {
  type: () => pointerTo(voidType),
  lower: (body, e) => {
    const [to, from, length] = e.args;
    if (!to || !from || !length) return missing(body, e);
    const target = value(body, to);
    const source = value(body, from);
    const size = knownSize(body, length);
    if (size === undefined) body.guess('memcpy of unknown size');
    else if (size > 0) body.emit({ op: 'copy', to: target.operand, from: source.operand, size });
    return target;
  },
};

function knownSize(body: Body, length: Expression): number | undefined {
  const size = value(body, length).constant;
  return size !== undefined && size >= 0n && size < 0x10000n ? Number(size) : undefined;
}

/** `__builtin_ctzl` and its kind. */
function counts(name: string, count: BitCount): [string, Builtin] {
  const lower: Builtin['lower'] = (body, e) =>
    e.args[0]
      ? countBits(body, count, convert(body, value(body, e.args[0]), bitType(name)))
      : missing(body, e);
  return [name, { type: () => intType, lower }];
}

const bitCounts = (['clz', 'ctz', 'popcount', 'ffs'] as const).flatMap((count) =>
  ['', 'l', 'll'].map((size) => counts(`__builtin_${count}${size}`, count)),
);

const stops: Builtin = {
  type: () => voidType,
  lower: (body) => {
    body.guess('code that was said to be unreachable');
    return body.constant(0n, voidType);
  },
};

function missing(body: Body, e: Call): Value {
  body.guess(`${spelled(e.callee)}() without its arguments`);
  for (const arg of e.args) effect(body, arg);
  return body.constant(0n, intType);
}

const barriers = [
  ...['smp_mb', 'smp_rmb', 'smp_wmb', 'mb', 'rmb', 'wmb', 'barrier', 'smp_read_barrier_depends'],
  ...['smp_mb__before_atomic', 'smp_mb__after_atomic', 'smp_mb__before_clear_bit', 'smp_mb__after_clear_bit'],
  ...['smp_mb__after_spinlock', 'smp_mb__after_unlock_lock'],
];

export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['READ_ONCE', orders(reads('once'))],
  ['ACCESS_ONCE', orders(reads('once'))],
  ['WRITE_ONCE', orders(writes('once'))],
  ['rcu_dereference', orders(reads('once'))],
  ['rcu_dereference_raw', orders(reads('once'))],
  ['rcu_dereference_check', orders(reads('once'))],
  ['rcu_dereference_protected', reads('plain')],
  ['rcu_access_pointer', reads('once')],
  ['rcu_assign_pointer', orders(writes('release'))],
  ['RCU_INIT_POINTER', writes('plain')],
  ['smp_load_acquire', orders(acquires)],
  ['smp_store_release', orders(releases)],
  ['smp_store_mb', orders(releases)],
  ...barriers.map((name): [string, Builtin] => [name, orders(nothing)]),
  ['cpu_relax', nothing],
  ['prefetch', nothing],
  ['prefetchw', nothing],
  ['__builtin_prefetch', nothing],
  ['__builtin_expect', expect],
  ['likely', firstValue],
  ['unlikely', firstValue],
  ['__builtin_constant_p', isConstant],
  ['__builtin_unreachable', stops],
  ['BUILD_BUG_ON', check(true, voidType)],
  ['BUILD_BUG_ON_MSG', check(true, voidType)],
  ['BUILD_BUG_ON_ZERO', check(true, intType)],
  ['static_assert', check(false, voidType)],
  ['memset', sets],
  ['__builtin_memset', sets],
  ['memcpy', copies],
  ['memmove', copies],
  ['__builtin_memcpy', copies],
  ['__builtin_memmove', copies],
  ...bitCounts,
]);
