import { asFailure, Failure } from '../failure.js';
import { alignOf, sizeOf } from '../layout.js';
import { Scope } from '../scope.js';
import { type FunctionSymbol, functionType } from '../symbol.js';
import { isScalar, type Type } from '../type.js';
import { addressedNames } from '../walk.js';
import { Body } from './body.js';
import { finish, type Lowered } from './finish.js';
import { leaveScope } from './jump.js';
import type { Storage } from './place.js';
import { statement } from './statement.js';

/** Lowers one function. What cannot be lowered becomes a guess with the reason, and `failure` says it. */
export function lowerFunction(symbol: FunctionSymbol): Lowered {
  const { definition, unit } = symbol;
  unit.session.reset();
  try {
    if (definition.broken) throw new Failure(definition.broken.reason, definition.broken.line);
    return finish(lowerBody(symbol), undefined);
  } catch (thrown) {
    const failure = asFailure(thrown);
    const body = new Body(symbol, unit, new Set());
    body.line = failure.line ?? definition.line;
    body.guess(`${symbol.name}() cannot be lowered: ${failure.reason}`);
    body.emit({ op: 'return', a: body.word(0n) });
    for (const parameter of definition.type.parameters) body.register(parameter.name);
    return finish(body, { reason: failure.reason, line: body.line });
  }
}

function lowerBody(symbol: FunctionSymbol): Body {
  const { definition, unit } = symbol;
  const body = new Body(symbol, new Scope(unit, unit), addressedNames(definition.body));
  body.line = definition.line;
  parameters(body);
  body.inScope(() =>
    leaveScope(body, definition.body, () => {
      for (const each of definition.body) statement(body, each);
    }),
  );
  body.line = definition.endLine;
  body.emit({ op: 'return', a: functionType(symbol).result.kind === 'void' ? undefined : body.word(0n) });
  for (const stub of body.stubs) stub();
  return body;
}

/** Parameters arrive in the first registers; those whose address is taken are put into memory. */
function parameters(body: Body): void {
  const type = functionType(body.symbol);
  if (type.result.kind === 'record') body.resultAddress = body.register(undefined);
  const named = type.parameters.map((each, index) => {
    const { name } = body.symbol.definition.type.parameters[index]!;
    return { name: name ?? `argument ${index}`, type: each, register: body.register(name) };
  });
  for (const { name, type: each, register } of named) {
    const storage = parameterStorage(body, name, each, register);
    body.scope.names.set(name, { kind: 'variable', type: each, storage });
  }
}

function parameterStorage(body: Body, name: string, type: Type, register: number): Storage {
  if (type.kind === 'record') return { at: 'memory', address: register, offset: 0 };
  if (!isScalar(type)) throw new Failure('a parameter of a type that is not known');
  if (!body.addressed.has(name)) return { at: 'register', register };
  const storage = body.allocate(sizeOf(type, body.unit), alignOf(type, body.unit));
  const address = body.compute((d) => ({ op: 'local', d, offset: storage.offset }));
  const scalar = type.kind === 'scalar' ? type.scalar : 'u64';
  body.emit({ op: 'store', type: scalar, access: 'plain', address, offset: 0, a: register });
  body.release(0);
  return storage;
}
