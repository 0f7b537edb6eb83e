import type { TreeCommand, TreeOption } from './command-tree.js';

export type Shell = 'bash' | 'zsh' | 'fish';

/** In single quotes nothing means anything, but for the quote itself. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

const namesOf = ({ short, long }: TreeOption) =>
  short === undefined || short === long ? [long] : [short, long];

/** What may follow an option: one of its words, a file, or anything. */
const takesFile = ({ value, choices }: TreeOption) =>
  choices.length === 0 && value !== undefined && /file|tree|config|source|what/.test(value);

/** The script that a shell reads to complete commands, options and their words. */
export function completionScript(shell: Shell, commands: TreeCommand[]): string {
  return { bash, zsh, fish }[shell](commands);
}

function bash(commands: TreeCommand[]): string {
  const cases = commands.map(({ name, options, arguments: args }) => {
    const values = options
      .filter(({ value }) => value !== undefined)
      .map((option) => {
        const words =
          option.choices.length > 0
            ? `-W ${quoted(option.choices.join(' '))}`
            : takesFile(option)
              ? '-f'
              : '';
        const reply = words === '' ? 'COMPREPLY=()' : `COMPREPLY=($(compgen ${words} -- "$word"))`;
        return `        ${namesOf(option).join('|')}) ${reply}; return ;;`;
      });
    const choices = args.flatMap((argument) => argument.choices).join(' ');
    return [
      `    ${name})`,
      ...(values.length === 0 ? [] : ['      case $before in', ...values, '      esac']),
      `      options=${quoted(options.flatMap(namesOf).join(' '))}`,
      `      words=${quoted(choices)} ;;`,
    ].join('\n');
  });
  const names = commands.map(({ name }) => name).join(' ');
  return `# faultline completion bash: source it, or put it where bash-completion looks.
_faultline() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} options='' words=''
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${quoted(`${names} --help --version`)} -- "$word"))
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join('\n')}
    *) return ;;
  esac
  case $word in
    -*) COMPREPLY=($(compgen -W "$options --help" -- "$word")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
  esac
}
complete -o default -F _faultline faultline
`;
}

function zsh(commands: TreeCommand[]): string {
  const plain = (text: string) => text.replace(/[[\]:\\]/g, '\\$&');
  const action = (option: TreeOption) =>
    option.choices.length > 0 ? `(${option.choices.join(' ')})` : takesFile(option) ? '_files' : ' ';
  const option = (each: TreeOption) =>
    namesOf(each).map((name) => {
      const value = each.value === undefined ? '' : `:${plain(each.value.slice(1, -1))}:${action(each)}`;
      return `        ${quoted(`*${name}[${plain(each.description)}]${value}`)} \\`;
    });
  const cases = commands.map(({ name, options, arguments: args }) => {
    const positions = args.map(
      (argument, at) =>
        `        ${quoted(`${at + 1}:${plain(argument.name.slice(1, -1))}:${argument.choices.length > 0 ? `(${argument.choices.join(' ')})` : '_files'}`)} \\`,
    );
    return [
      `    ${name})`,
      '      _arguments \\',
      ...options.flatMap(option),
      ...positions,
      "        '--help[help]' ;;",
    ].join('\n');
  });
  const names = commands.map(({ name, description }) => `    ${quoted(`${name}:${plain(description)}`)}`);
  return `#compdef faultline
# faultline completion zsh: put it into a folder of $fpath as _faultline.
_faultline() {
  local -a commands
  commands=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe -t commands 'faultline command' commands
    return
  fi
  local name=\${words[2]}
  shift words
  (( CURRENT-- ))
  case $name in
${cases.join('\n')}
  esac
}
_faultline "$@"
`;
}

function fish(commands: TreeCommand[]): string {
  const text = (words: string) => `'${words.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = commands.flatMap(({ name, description, options, arguments: args }) => {
    const inside = `complete -c faultline -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c faultline -n __fish_use_subcommand -f -a ${name} -d ${text(description)}`,
      ...options.map((option) => {
        const short = option.short?.length === 2 ? ` -s ${option.short[1]}` : '';
        const value =
          option.choices.length > 0
            ? ` -x -a ${text(option.choices.join(' '))}`
            : takesFile(option)
              ? ' -r -F'
              : option.value === undefined
                ? ''
                : ' -x';
        return `${inside}${short} -l ${option.long.replace(/^--/, '')}${value} -d ${text(option.description)}`;
      }),
      ...args
        .filter(({ choices }) => choices.length > 0)
        .map(({ choices }) => `${inside} -f -a ${text(choices.join(' '))}`),
    ];
  });
  return `# faultline completion fish | source\n${lines.join('\n')}\n`;
}
