import type { Declaration } from '../ast.js';
import { knownTruth } from '../constant.js';
import { alignOf, sizeOf } from '../layout.js';
import { newGlobal, sized } from '../symbol.js';
import { isScalar, type Type } from '../type.js';
import { initialiseLocal } from './aggregate.js';
import type { Body } from './body.js';
import { pushCleanup } from './jump.js';
import type { Storage } from './place.js';

/** A declaration inside a function. */
export function declare(body: Body, declaration: Declaration): void {
  if (declaration.line > 0) body.line = declaration.line;
  body.scope.declare(declaration);
  if (declaration.kind === 'assert') assertion(body, declaration);
  else if (declaration.kind === 'variable') variable(body, declaration);
}

/** `_Static_assert`: a false one is a problem of the file; it does nothing at run time. */
function assertion(body: Body, declaration: Extract<Declaration, { kind: 'assert' }>): void {
  if (knownTruth(declaration.test, body.scope) === false) {
    body.problems.push({ line: declaration.line, reason: `static assertion fails: ${declaration.text}` });
  }
}

function variable(body: Body, declaration: Extract<Declaration, { kind: 'variable' }>): void {
  const { name, storage, initialiser, cleanup } = declaration;
  if (storage !== 'auto') {
    const full = storage === 'static' ? `${body.symbol.name}.${name}` : name;
    body.scope.names.set(name, newGlobal(full, declaration, body.scope));
    return;
  }
  const type = sized(body.scope.resolve(declaration.type), initialiser, body.scope);
  if (type.kind === 'array' && type.guessed) body.guess(`the length of ${name} is not known`);
  const where = storageFor(body, name, type, cleanup !== undefined);
  body.scope.names.set(name, { kind: 'variable', type, storage: where });
  if (initialiser) initialiseLocal(body, { ...where, type }, initialiser);
  if (cleanup !== undefined && where.at === 'frame') pushCleanup(body, cleanup, where.offset);
}

function storageFor(body: Body, name: string, type: Type, inMemory: boolean): Storage {
  if (isScalar(type) && !inMemory && !body.addressed.has(name)) {
    return { at: 'register', register: body.register(name) };
  }
  return body.allocate(sizeOf(type, body.unit), alignOf(type, body.unit));
}
