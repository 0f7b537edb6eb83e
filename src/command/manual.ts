import type { TreeCommand, TreeOption } from './command-tree.js';

/** Text of a manual page: a backslash is no escape, a hyphen is one, and no line begins with a request. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');
}

function optionLines(option: TreeOption): string[] {
  const { short, long, value, choices, description } = option;
  const names = short === undefined || short === long ? [long] : [short, long];
  const flags = names.map((name) => `\\fB${roff(name)}\\fR`).join(', ');
  const words = choices.length === 0 ? description : `${description}: ${choices.join(', ')}`;
  return ['.TP', `${flags}${value === undefined ? '' : ` \\fI${roff(value)}\\fR`}`, roff(words)];
}

function commandLines({ name, description, arguments: args, options, notes }: TreeCommand): string[] {
  const words = args.map((each) => ` \\fI${roff(each.name)}\\fR`).join('');
  const told = args.filter((each) => each.description !== '' || each.choices.length > 0);
  return [
    `.SS faultline ${roff(name)}${words}`,
    roff(`${description.charAt(0).toUpperCase()}${description.slice(1)}.`),
    ...told.flatMap((each) => [
      '.TP',
      `\\fI${roff(each.name)}\\fR`,
      roff([each.description, each.choices.join(', ')].filter((part) => part !== '').join(': ')),
    ]),
    ...options.flatMap(optionLines),
    ...(notes === '' ? [] : ['.PP', '.nf', roff(notes), '.fi']),
  ];
}

const exits: [code: number, meaning: string][] = [
  [0, 'nothing introduced; also when the patch touches nothing that Faultline models'],
  [1, 'something introduced, something violated, or a witness not reached'],
  [2, 'wrong usage or configuration'],
  [3, 'the input cannot be read or applied, or modelled code was touched and none of it was analysed'],
  [4, 'a service cannot be reached'],
  [70, 'a bug in Faultline'],
];

/** The manual page, as man reads it. */
export function manualPage(commands: TreeCommand[], version: string): string {
  const lines = [
    `.TH FAULTLINE 1 "" "faultline ${roff(version)}" "User Commands"`,
    '.SH NAME',
    'faultline \\- review Linux kernel patches by running them',
    '.SH SYNOPSIS',
    '.B faultline',
    '\\fIcommand\\fR [\\fIoptions\\fR] [\\fIarguments\\fR]',
    '.SH DESCRIPTION',
    'Executes the code that a patch touches, before and after it, against a built\\-in model of the kernel, under',
    'every interleaving of two to four threads. What it finds, it shows: line by line, with a command that runs',
    'it again. Results go to standard output, everything else to standard error.',
    '.SH COMMANDS',
    ...commands.flatMap(commandLines),
    '.SH EXIT STATUS',
    ...exits.flatMap(([code, meaning]) => ['.TP', `${code}`, roff(meaning)]),
    '.SH ENVIRONMENT',
    ...['.TP', 'NO_COLOR, FORCE_COLOR', 'No colours, or colours also where there is no terminal.'],
    ...['.TP', 'FORCE_HYPERLINK', '1: links in the terminal; 0: none.'],
    ...['.TP', 'FAULTLINE_DEBUG', '1: where an internal error happened.'],
    '.SH SEE ALSO',
    '.BR git\\-send\\-email (1),',
    '.BR b4 (5)',
  ];
  return `${lines.join('\n')}\n`;
}
