import type { Parameter, Unit } from './ast.js';
import type { Cursor } from './cursor.js';
import { type FunctionType, parseFunction } from './parse.js';
import { parseDeclarator } from './parse-declarator.js';
import { parseSpecifiers } from './parse-type.js';
import { skipDeclaration } from './recover.js';
import type { Token } from './token.js';
import { attributeCalls, reservedWords, typeOpeners, typeWords } from './words.js';

/** Macros outside functions that define nothing that runs. */
const silent = new RegExp(
  `^(${[
    'EXPORT_\\w+',
    'MODULE_\\w+',
    '\\w*_initcall(_sync)?',
    'module_(init|exit|param\\w*)',
    'early_param|core_param|__setup|__setup_param',
    'NOKPROBE_SYMBOL|ALLOW_ERROR_INJECTION|STACK_FRAME_NON_STANDARD',
    'BTF_\\w+|TRACE_EVENT\\w*',
    'DEFINE_\\w*ATTRIBUTE\\w*|ATTRIBUTE_GROUPS|DEVICE_ATTR\\w*',
  ].join('|')})$`,
);

/**
 * A macro call where a declaration should begin. `SYSCALL_DEFINEn` defines a function; what defines nothing
 * is skipped; anything else is skipped and said.
 */
export function acceptTopLevelMacro(c: Cursor, unit: Unit): boolean {
  const name = c.token;
  if (/^(__asm__|__asm|asm)$/.test(name.text)) {
    skipDeclaration(c);
    return true;
  }
  if (name.text === 'static' && silent.test(c.peek(1).text) && c.peek(2).text === '(') c.at += 1;
  else if (!isMacroCall(c, name)) return false;
  if (/^(COMPAT_)?SYSCALL_DEFINE[0-6]$/.test(name.text)) return parseSystemCall(c, unit, name);
  if (!silent.test(c.token.text)) {
    c.problems.push({ reason: `unknown macro ${name.text}() outside functions`, line: name.line });
  }
  skipMacro(c);
  return true;
}

function isMacroCall(c: Cursor, name: Token): boolean {
  if (name.kind !== 'name' || c.peek(1).text !== '(') return false;
  if (typeWords.has(name.text) || typeOpeners.has(name.text) || reservedWords.has(name.text)) return false;
  if (attributeCalls.has(name.text) || name.text === 'static_assert') return false;
  return !(c.peek(2).text === '*' && c.isType(name.text));
}

/** The call, and what belongs to it: an initialiser, a body, a semicolon. Without any, the next line is a new thing. */
function skipMacro(c: Cursor): void {
  c.at += 1;
  c.skipBracket();
  if (/^(;|=|\[|\{|,)$/.test(c.token.text)) skipDeclaration(c);
}

/** `SYSCALL_DEFINE2(name, int, a, int, b) {` is the function `sys_name(int a, int b)`. */
function parseSystemCall(c: Cursor, unit: Unit, macro: Token): boolean {
  c.at += 1;
  c.expect('(');
  const called = c.expectName('a name');
  const parameters: Parameter[] = [];
  while (c.accept(',')) {
    const { type } = parseSpecifiers(c);
    const declared = parseDeclarator(c, type!, 'abstract').type;
    c.expect(',');
    parameters.push({ name: c.expectName('a parameter').text, type: declared });
  }
  c.expect(')');
  const type: FunctionType = {
    kind: 'function',
    result: { kind: 'builtin', name: 'i64' },
    parameters,
    variadic: false,
  };
  const prefix = macro.text.startsWith('COMPAT_') ? 'compat_sys_' : 'sys_';
  const name = { ...called, text: prefix + called.text };
  if (c.is('{')) {
    const specifiers = {
      storage: 'auto',
      inline: false,
      step: 'plain',
      instead: false,
      otherwise: false,
    } as const;
    unit.functions.push(parseFunction(c, { name }, type, specifiers));
  }
  return true;
}
