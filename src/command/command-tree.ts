import type { Command, Option } from 'commander';

/** An option as completions and the manual page tell it. */
export interface TreeOption {
  short: string | undefined;
  long: string;
  /** `<file>` or `[what]` of an option with a value. */
  value: string | undefined;
  choices: string[];
  description: string;
}

export interface TreeArgument {
  /** `<file>` when it has to be there, else `[file]`. */
  name: string;
  choices: string[];
  description: string;
}

export interface TreeCommand {
  name: string;
  description: string;
  arguments: TreeArgument[];
  options: TreeOption[];
  /** What its `--help` ends with: exit codes and examples. */
  notes: string;
}

/** The command line as data, from the very commands that read it; they write nothing afterwards. */
export function commandTree(program: Command): TreeCommand[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    arguments: command.registeredArguments.map((argument) => ({
      name: argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
      choices: argument.argChoices ?? [],
      description: argument.description,
    })),
    options: command.options.filter(({ hidden }) => !hidden).map(treeOption),
    notes: notesOf(command),
  }));
}

function treeOption({ short, long, flags, argChoices, description }: Option): TreeOption {
  const value = /[<[][^\]>]+[\]>]/.exec(flags)?.[0];
  return { short, long: long ?? short!, value, choices: argChoices ?? [], description };
}

/** Commander tells what comes after the help only by writing it. */
function notesOf(command: Command): string {
  const parts: string[] = [];
  command.configureOutput({ writeOut: (part) => void parts.push(part) });
  command.outputHelp();
  return parts.join('').slice(command.helpInformation().length).trim();
}
