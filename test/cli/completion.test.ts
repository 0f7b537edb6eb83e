import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commandTree } from '../../src/command/command-tree.js';
import { completionScript } from '../../src/command/completion.js';
import { manualPage } from '../../src/command/manual.js';
import { buildProgram } from '../../src/command/program.js';

const program = buildProgram('1.2.3', async () => {});
const tree = commandTree(program);

/** What bash would offer for the last of some words. */
function offered(...words: string[]): string[] {
  const list = words.map((word) => `'${word}'`).join(' ');
  const script = `${completionScript('bash', tree)}
COMP_WORDS=(faultline ${list}); COMP_CWORD=${words.length}; _faultline; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
}

describe('completion', () => {
  it('offers commands, the options of each, and the words that one takes', () => {
    expect(offered('re')).toEqual(['review', 'replay']);
    expect(offered('review', '--f')).toEqual(['--fail-on', '--from', '--full', '--format']);
    expect(offered('review', '--format', 'ht')).toEqual(['html']);
    expect(offered('outbox', 'a')).toEqual(['approve']);
    expect(offered('no-such-command', '')).toEqual(['']);
  });

  it('knows every command and option that there is, in every shell', () => {
    for (const shell of ['bash', 'zsh', 'fish'] as const) {
      const script = completionScript(shell, tree);
      for (const command of program.commands) {
        expect(script).toContain(command.name());
        for (const { long } of command.options) expect(script).toContain(long!.replace(/^--/, ''));
      }
    }
    for (const command of program.commands) {
      const longs = command.options.map(({ long }) => long!);
      if (command.commands.length === 0) expect(offered(command.name(), '--')).toEqual([...longs, '--help']);
    }
  });
});

describe('the manual page', () => {
  it('tells of every command and option, with the examples of its help', () => {
    const page = manualPage(tree, '1.2.3');
    for (const command of program.commands) {
      expect(page).toContain(`.SS faultline ${command.name()}`);
      for (const { long } of command.options) expect(page).toContain(`\\fB${long!.replaceAll('-', '\\-')}`);
    }
    expect(page).toContain('git diff | faultline review');
    // A line that begins with a dot is a request; every request is one that man knows.
    const requests = page.match(/^\.[^ \n]+/gm)!;
    expect([...new Set(requests)].sort()).toEqual(
      ['.B', '.BR', '.PP', '.SH', '.SS', '.TH', '.TP', '.fi', '.nf'].sort(),
    );
  });
});
