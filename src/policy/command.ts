/** What people can ask for in a mail or a comment, and how they write it. */
export const commands = {
  invalid: 'the finding is wrong; say why in a line or two',
  expected: 'the finding is right and meant to be so',
  'fixed-by': 'the finding is fixed by the commit or mail named behind it',
  recheck: 'look at the patch again',
  explain: 'send everything that is known of the finding',
  mute: 'say nothing more in this thread',
  unsubscribe: 'send me no mail any more',
  approve: 'send the held mail (moderators)',
  drop: 'do not send the held mail (moderators)',
} as const;

export type CommandName = keyof typeof commands;

export interface Command {
  name: CommandName;
  /** What stands behind it on its line, at most 500 characters. */
  argument: string;
}

export interface Asked {
  commands: Command[];
  /** Words that stand where a command should, as written, at most 40 characters. */
  unknown: string[];
}

/** So much of a text is read; the rest need not be kept. */
export const mostCommandText = 64 * 1024;
const mostCommands = 10;
const line = /^#faultline(?:[ \t]+(\S.*))?$/i;

/**
 * Reads the commands of a mail's text: lines that begin with `#faultline` in the first column, so that a quoted
 * one is none. The first 64 KiB count.
 */
export function readCommands(text: string): Asked {
  const asked: Asked = { commands: [], unknown: [] };
  for (const each of text.slice(0, mostCommandText).split(/\r?\n/)) {
    const match = line.exec(each);
    if (match === null || asked.commands.length + asked.unknown.length >= mostCommands) continue;
    const [word = '', ...rest] = (match[1] ?? '').trim().split(/\s+/);
    const name = word
      .slice(0, 40)
      .toLowerCase()
      .replace(/(?<![:,.])[:,.]+$/, '');
    if (Object.hasOwn(commands, name))
      asked.commands.push({ name: name as CommandName, argument: rest.join(' ').slice(0, 500) });
    else asked.unknown.push(word.slice(0, 40));
  }
  return asked;
}
