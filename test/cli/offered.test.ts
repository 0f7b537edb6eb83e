import { expect, it } from 'vitest';
import { buildProgram } from '../../src/command/program.js';

const program = buildProgram('0', async () => {});
const optionsOf = (name: string) =>
  (program.commands.find((command) => command.name() === name)?.options ?? []).map(({ long }) => long);

it('a command offers no bound of a search where it does not search', () => {
  const bounds = ['--race', '--threads', '--budget', '--jobs', '--config', '--full'];
  for (const name of ['review', 'check', 'matrix', 'evaluate', 'github'])
    expect(optionsOf(name), name).toEqual(expect.arrayContaining(['--tree', ...bounds]));
  const offered = (name: string) => optionsOf(name).filter((each) => bounds.includes(each ?? ''));
  expect(offered('replay')).toEqual(['--config']);
  expect(offered('covers')).toEqual([]);
  expect(offered('doctor')).toEqual(['--jobs']);
  expect(optionsOf('catalogue')).not.toContain('--tree');
});
