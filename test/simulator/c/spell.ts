import type {
  Declaration,
  Designator,
  Expression,
  Initialiser,
  Statement,
  TypeName,
  Unit,
} from '../../../simulator/c/ast.js';
import { ownWords } from '../../../simulator/c/own-words.js';
import { parse } from '../../../simulator/c/parse.js';
import { type PreprocessOptions, preprocess } from '../../../simulator/c/preprocess.js';

/** Parses a text, of ours or of somebody else, and gives the unit; `typedefs` are known beforehand. */
export function parsed(
  text: string,
  typedefs: string[] = [],
  options: PreprocessOptions = {},
  ours = false,
): Unit {
  const { tokens } = preprocess(
    ours ? { file: 'test.c', text, own: ownWords } : { file: 'test.c', text },
    options,
  );
  return parse(tokens, { file: 'test.c', typedefs: new Set(typedefs) });
}

/** The statements of a function body, in brackets that show how they were understood. */
export function body(text: string, typedefs: string[] = []): string {
  const [made] = parsed(`void f(void)\n{\n${text}\n}\n`, typedefs).functions;
  return made!.broken ? `broken: ${made!.broken.reason}` : made!.body.map(statement).join(' ');
}

export function type(of: TypeName): string {
  switch (of.kind) {
    case 'builtin':
      return of.name;
    case 'typedef':
      return of.name;
    case 'record':
      return [
        of.packed ? 'packed ' : '',
        of.union ? 'union' : 'struct',
        of.tag ? ` ${of.tag}` : '',
        members(of),
      ].join('');
    case 'enum': {
      const items = of.items
        ?.map(({ name, value }) => name + (value ? `=${expression(value)}` : ''))
        .join(',');
      return ['enum', of.tag ? ` ${of.tag}` : '', items === undefined ? '' : `{${items}}`].join('');
    }
    case 'typeof':
      return `typeof(${typeOrExpression(of.of)})`;
    case 'pointer':
      return `*${type(of.to)}`;
    case 'array':
      return `[${of.length ? expression(of.length) : ''}]${type(of.of)}`;
    case 'function': {
      const parameters = of.parameters.map((one) => `${one.name ?? ''}:${type(one.type)}`);
      return `(${[...parameters, ...(of.variadic ? ['...'] : [])].join(',')})->${type(of.result)}`;
    }
  }
}

function members({ members }: Extract<TypeName, { kind: 'record' }>): string {
  if (members === undefined) return '';
  const one = members.map(
    ({ name, type: of, bits }) => `${name ?? ''}${bits ? `/${expression(bits)}` : ''}:${type(of)}`,
  );
  return `{${one.join(';')}}`;
}

function typeOrExpression(of: Expression | TypeName): string {
  return 'line' in of ? expression(of) : `<${type(of)}>`;
}

export function expression(e: Expression): string {
  switch (e.kind) {
    case 'number':
      return `${e.value}${e.type === 'i32' ? '' : e.type}`;
    case 'string':
      return JSON.stringify(e.value);
    case 'name':
      return e.name;
    case 'unary':
      return `(${e.operator}${expression(e.a)})`;
    case 'increment': {
      const operator = e.by === 1 ? '++' : '--';
      return e.prefix ? `(${operator}${expression(e.a)})` : `(${expression(e.a)}${operator})`;
    }
    case 'binary':
    case 'assign':
      return `(${expression(e.a)}${e.operator}${expression(e.b)})`;
    case 'conditional':
      return `(${expression(e.test)}?${e.then ? expression(e.then) : ''}:${expression(e.else)})`;
    case 'call':
      return `${expression(e.callee)}(${e.args.map(expression).join(',')})`;
    case 'index':
      return `${expression(e.a)}[${expression(e.index)}]`;
    case 'member':
      return `${expression(e.a)}${e.arrow ? '->' : '.'}${e.name}`;
    case 'cast':
      return `<${type(e.type)}>${expression(e.a)}`;
    case 'compound':
      return `<${type(e.type)}>${initialiser(e.initialiser)}`;
    case 'sizeof':
      return `${e.align ? 'alignof' : 'sizeof'} ${typeOrExpression(e.of)}`;
    case 'offsetof':
      return `offsetof(${type(e.type)},${designators(e.path)})`;
    case 'typesCompatible':
      return `compatible(${type(e.a)},${type(e.b)})`;
    case 'chooseExpr':
      return `choose(${expression(e.test)},${expression(e.then)},${expression(e.else)})`;
    case 'statements':
      return `({${e.body.map(statement).join(' ')}})`;
    case 'labelAddress':
      return `&&${e.label}`;
    case 'generic': {
      const choices = e.choices.map(
        (one) => `${one.type ? type(one.type) : 'default'}:${expression(one.value)}`,
      );
      return `generic(${expression(e.control)},${choices.join(',')})`;
    }
  }
}

function designators(path: Designator[]): string {
  return path
    .map((one) => {
      if ('member' in one) return `.${one.member}`;
      return `[${expression(one.index)}${one.to ? `...${expression(one.to)}` : ''}]`;
    })
    .join('');
}

export function initialiser(one: Initialiser): string {
  if (one.kind === 'value') return expression(one.value);
  const items = one.items.map(
    ({ at, value }) => `${designators(at)}${at.length > 0 ? '=' : ''}${initialiser(value)}`,
  );
  return `{${items.join(',')}}`;
}

export function declaration(one: Declaration): string {
  switch (one.kind) {
    case 'variable': {
      const storage = one.storage === 'auto' ? '' : `${one.storage} `;
      const cleanup = one.cleanup ? ` cleanup ${one.cleanup}` : '';
      return `${storage}${one.name}:${type(one.type)}${cleanup}${one.initialiser ? `=${initialiser(one.initialiser)}` : ''}`;
    }
    case 'typedef':
    case 'prototype':
      return `${one.kind} ${one.name}:${type(one.type)}`;
    case 'type':
      return type(one.type);
    case 'assert':
      return `assert ${expression(one.test)} ${JSON.stringify(one.text)}`;
  }
}

export function statement(s: Statement): string {
  switch (s.kind) {
    case 'expression':
      return `${expression(s.value)};`;
    case 'block':
      return `{${s.body.map(statement).join(' ')}}`;
    case 'declare':
      return `[${s.declarations.map(declaration).join('; ')}]`;
    case 'if':
      return `if ${expression(s.test)} ${statement(s.then)}${s.else ? ` else ${statement(s.else)}` : ''}`;
    case 'while':
      return `while ${expression(s.test)} ${statement(s.body)}`;
    case 'do':
      return `do ${statement(s.body)} while ${expression(s.test)};`;
    case 'for':
      return `for (${s.first ? statement(s.first) : ''}|${s.test ? expression(s.test) : ''}|${s.step ? expression(s.step) : ''}) ${statement(s.body)}`;
    case 'switch':
      return `switch ${expression(s.value)} ${statement(s.body)}`;
    case 'case':
      return `${s.value ? `case ${expression(s.value)}` : 'default'}${s.to ? `...${expression(s.to)}` : ''}: ${statement(s.body)}`;
    case 'label':
      return `${s.name}: ${statement(s.body)}`;
    case 'goto':
      return `goto ${s.label};`;
    case 'return':
      return `return${s.value ? ` ${expression(s.value)}` : ''};`;
    case 'empty':
      return ';';
    default:
      return `${s.kind};`;
  }
}
