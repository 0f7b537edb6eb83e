import type { FunctionDefinition, TypeName, Unit } from './ast.js';
import { Cursor, ParseFailure, position } from './cursor.js';
import {
  type Named,
  parseDeclaration,
  parseDeclarators,
  parseNamed,
  typeAlone,
} from './parse-declaration.js';
import { acceptTopLevelMacro } from './parse-macro.js';
import { parseBlock } from './parse-statement.js';
import { parseSpecifiers, type Specifiers } from './parse-type.js';
import { brokenHeader, closeOfFunction, skipDeclaration } from './recover.js';
import type { Token } from './token.js';

export interface ParseOptions {
  file: string;
  /** Known typedef names; names found are added. */
  typedefs: Set<string>;
}

/** A text with more problems than this is no C; reading on would only cost time. */
const mostProblems = 1000;

export type FunctionType = Extract<TypeName, { kind: 'function' }>;

/**
 * Parses preprocessed tokens. Never throws: a function that cannot be read is `broken`, anything else that
 * cannot is a problem of the unit. Takes time linear in the tokens.
 */
export function parse(tokens: Token[], options: ParseOptions): Unit {
  const c = new Cursor(tokens, options.file, options.typedefs);
  const unit: Unit = {
    file: options.file,
    functions: [],
    declarations: [],
    leftOut: [],
    problems: c.problems,
  };
  while (c.token.kind !== 'end' && c.problems.length < mostProblems) parseExternal(c, unit);
  if (c.token.kind !== 'end') {
    c.problems.push({ reason: 'too many problems: the rest of the file was not read', line: c.token.line });
  }
  return unit;
}

/** One declaration or definition at the outermost level. */
function parseExternal(c: Cursor, unit: Unit): void {
  const from = c.at;
  try {
    c.restart();
    parseExternalOrFail(c, unit);
  } catch (failure) {
    if (!(failure instanceof ParseFailure)) throw failure;
    c.at = from;
    const broken = brokenHeader(c, failure);
    if (broken) unit.functions.push(broken);
    else c.problems.push({ reason: failure.reason, line: failure.line });
    skipDeclaration(c);
  }
  c.functionName = '';
  c.closeScope(0);
}

function parseExternalOrFail(c: Cursor, unit: Unit): void {
  if (c.accept(';') || acceptTopLevelMacro(c, unit)) return;
  const first = c.token;
  if (c.is('_Static_assert') || c.is('static_assert')) {
    unit.declarations.push(...parseDeclaration(c));
    return;
  }
  const specifiers = parseSpecifiers(c);
  if (c.accept(';')) unit.declarations.push(...typeAlone(specifiers, first));
  else parseDeclared(c, unit, specifiers);
}

function parseDeclared(c: Cursor, unit: Unit, specifiers: Specifiers): void {
  const named = parseNamed(c, specifiers);
  if (named.type.kind === 'function' && c.is('{')) {
    unit.functions.push(parseFunction(c, named, named.type, specifiers));
  } else unit.declarations.push(...parseDeclarators(c, specifiers, named));
}

type Dialect = 'inline' | 'step' | 'instead' | 'otherwise';

/** The body of a function whose head was read; the place is at its opening brace. */
export function parseFunction(
  c: Cursor,
  { name }: Pick<Named, 'name'>,
  type: FunctionType,
  { storage, inline, step, instead, otherwise }: Pick<Specifiers, 'storage' | Dialect>,
): FunctionDefinition {
  const close = closeOfFunction(c);
  const head = {
    name: name.text,
    type,
    static: storage === 'static',
    inline,
    step,
    instead,
    otherwise,
    ...position(name),
  };
  const endLine = (c.tokens[close] ?? c.tokens[c.tokens.length - 1]!).line;
  c.functionName = name.text;
  for (const parameter of type.parameters) if (parameter.name) c.declareValue(parameter.name);
  try {
    const body = parseBlock(c);
    return { ...head, broken: undefined, body, endLine };
  } catch (failure) {
    if (!(failure instanceof ParseFailure)) throw failure;
    c.at = close + 1;
    const { reason, line } = failure;
    return { ...head, broken: { reason, line }, body: [], endLine };
  }
}
