/** Makes small C programs by chance: same seed, same text. Everything in them is defined behaviour in gnu11 with -fwrapv. */
export function randomProgram(seed: number): string {
  return new Writer(seed).program();
}

const types = [
  '_Bool',
  'signed char',
  'unsigned char',
  'short',
  'unsigned short',
  'int',
  'unsigned int',
  'long',
  'unsigned long',
];
const arithmetic = ['+', '-', '*', '&', '|', '^', '<', '<=', '>', '>=', '==', '!=', '&&', '||'];
const constants = [
  '0',
  '1',
  '-1',
  '7',
  '255',
  '65536',
  '0x7fffffff',
  '0x80000000u',
  '-2147483648L',
  '1ul << 40',
  '~0ul',
];
const structs = `struct part { signed char c; unsigned short h; };
struct whole {
	unsigned int low : 5, high : 12;
	long wide;
	int sign : 9;
	struct part part[3];
	union { unsigned int word; unsigned char byte[4]; };
	_Bool yes;
	unsigned long big : 40;
};
static struct whole world[3];
static struct whole *at = world;
`;

class Writer {
  private depth = 0;
  private names: string[] = [];
  private loops = 0;

  constructor(private state: number) {}

  private below(n: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * n);
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  program(): string {
    const functions = Array.from({ length: 6 }, (_, n) => this.fn(n));
    const calls = Array.from({ length: 6 }, (_, n) => {
      const args = [this.pick(constants), this.pick(constants), this.pick(constants)].join(', ');
      return `\tput(f${n}(${args}));\n\treport();\n`;
    });
    const report = `static void report(void)
{
	for (int i = 0; i < 3; i++) {
		struct whole *w = &world[i];
		put(w->low); put(w->high); put(w->wide); put(w->sign); put(w->word); put(w->yes); put(w->big);
		for (int j = 0; j < 3; j++)
			put(w->part[j].c * 100000L + w->part[j].h);
	}
}
`;
    return `${structs}${report}${functions.join('')}static void run(void)\n{\n${calls.join('')}}\n`;
  }

  private fn(n: number): string {
    const parameters = ['a', 'b', 'c'].map((name) => `${this.pick(types)} ${name}`);
    this.names = ['a', 'b', 'c', 'x', 'y', 'z'];
    const locals = ['x', 'y', 'z'].map((name) => `\t${this.pick(types)} ${name} = ${this.expression()};\n`);
    // Locals are declared before they are used: the first lines may use the parameters only.
    this.names = ['a', 'b', 'c'];
    const first = ['x', 'y', 'z'].map((name) => `\t${this.pick(types)} ${name} = ${this.expression()};\n`);
    this.names = ['a', 'b', 'c', 'x', 'y', 'z'];
    const taken = `\t__typeof__(x) *p = &x;\n`;
    const body = Array.from({ length: 5 }, () => this.statement('\t')).join('');
    void locals;
    return `static ${this.pick(types)} f${n}(${parameters.join(', ')})\n{\n${first.join('')}${taken}${body}\treturn ${this.expression()};\n}\n`;
  }

  private place(): string {
    switch (this.below(9)) {
      case 0:
        return '*p';
      case 1:
        return `world[${this.expression()} & 1].wide`;
      case 2:
        return `at->${this.pick(['low', 'high', 'sign', 'yes', 'word', 'wide'])}`;
      case 3:
        return `at[${this.below(3)}].part[(unsigned)(${this.expression()}) % 3].${this.pick(['c', 'h'])}`;
      case 4:
        return `world[${this.below(3)}].byte[${this.below(4)}]`;
      default:
        return this.pick(this.names);
    }
  }

  private expression(): string {
    if (++this.depth > 5 || this.below(4) === 0) {
      this.depth--;
      return this.below(3) === 0 ? `(${this.pick(constants)})` : this.pick(this.names);
    }
    const text = this.operation();
    this.depth--;
    return text;
  }

  private operation(): string {
    const e = () => this.expression();
    switch (this.below(12)) {
      case 0:
        return `(${e()} ${this.pick(['<<', '>>'])} (${e()} & 7))`;
      case 1:
        return `(${e()} ${this.pick(['/', '%'])} ((${e()} & 15) + 3))`;
      case 2:
        return `(${this.pick(types)})(${e()})`;
      case 3:
        return `(${e()} ? ${e()} : ${e()})`;
      case 4:
        return `(${this.pick(['-', '~', '!'])}${e()})`;
      case 5:
        return `({ ${this.pick(types)} t = ${e()}; t += ${e()}; t; })`;
      case 6:
        return this.names.length > 3 ? `(${this.readable()})` : e();
      case 7:
        return `(${e()} ?: ${e()})`;
      default:
        return `(${e()} ${this.pick(arithmetic)} ${e()})`;
    }
  }

  private readable(): string {
    return this.pick([
      '*p',
      'at->low',
      'at->sign',
      '(unsigned long)at[1].big',
      'world[2].wide',
      'at->word',
      'world[0].part[1].h',
    ]);
  }

  private statement(indent: string): string {
    const deeper = `${indent}\t`;
    switch (this.below(this.loops > 1 ? 5 : 8)) {
      case 0:
        return `${indent}if (${this.expression()})\n${this.statement(deeper)}${indent}else\n${this.statement(deeper)}`;
      case 1:
        return `${indent}${this.place()} ${this.pick(['+=', '-=', '*=', '&=', '|=', '^='])} ${this.expression()};\n`;
      case 2:
        return `${indent}${this.pick(['++', '--'])}${this.pick(['x', 'y', 'z', 'at->low', 'at->sign', 'world[1].wide', 'world[2].yes'])};\n`;
      case 5:
        return this.loop(indent);
      case 6:
        return this.switch(indent);
      case 7:
        return this.below(2)
          ? `${indent}world[${this.below(3)}] = world[${this.below(3)}];\n`
          : `${indent}at[1].big = ${this.expression()};\n`;
      default:
        return `${indent}${this.place()} = ${this.expression()};\n`;
    }
  }

  private loop(indent: string): string {
    const name = `i${this.loops++}`;
    const leave = `${indent}\tif (${this.expression()})\n${indent}\t\t${this.pick(['break', 'continue'])};\n`;
    const inside = this.statement(`${indent}\t`);
    this.loops--;
    return `${indent}for (int ${name} = 0; ${name} < ${1 + this.below(4)}; ${name}++) {\n${leave}${inside}${indent}}\n`;
  }

  private switch(indent: string): string {
    const cases = [0, 1, 2].map((n) => {
      const label = this.pick([`case ${n}:`, `case ${n * 10 + 5} ... ${n * 10 + 9}:`, `case ${-n - 1}:`]);
      return `${indent}${label}\n${this.statement(`${indent}\t`)}${this.below(2) ? `${indent}\tbreak;\n` : ''}`;
    });
    return `${indent}switch (${this.expression()} ${this.pick(['& 31', '% 9', ''])}) {\n${cases.join('')}${indent}default:\n${this.statement(`${indent}\t`)}${indent}}\n`;
  }
}
