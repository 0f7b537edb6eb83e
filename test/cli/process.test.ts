import { execFile, spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { command, root } from '../faultline.js';

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command line as a user does: the built one when it is there, else from the sources. */
function faultline(args: string[], environment: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: root, env: { ...process.env, NO_COLOR: '1', ...environment } };
    const child = execFile(process.execPath, [...command, ...args], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
    child.stdin?.end();
  });
}

describe('the command line', () => {
  it('shows help on stdout with 0, and on stderr with 2 when it was called with nothing', async () => {
    const help = await faultline(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const name of ['review', 'check', 'replay', 'covers', 'catalogue', 'doctor'])
      expect(help.stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    const nothing = await faultline([]);
    expect(nothing).toMatchObject({ code: 2, stdout: '' });
  });

  it('answers wrong usage with one line and 2', async () => {
    const wrong = [
      ['bogus'],
      ['review', '--format', 'xml'],
      ['review', '--threads', '9'],
      ['check', '--budget', '-1'],
    ];
    for (const args of wrong) {
      const { code, stdout, stderr } = await faultline(args);
      expect(code, args.join(' ')).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^faultline: [^\n]+\n$/);
    }
  });

  it('looks for the configuration of a daemon in the usual places, and says which they are', async () => {
    const nowhere = {
      HOME: '/nonexistent',
      XDG_CONFIG_HOME: '/nonexistent',
      FAULTLINE_CONFIG: '/nonexistent/f.yaml',
    };
    for (const args of [['serve'], ['worker'], ['status'], ['outbox', 'list'], ['config', 'check']]) {
      const { code, stderr } = await faultline(args, nowhere);
      expect(stderr, args.join(' ')).toMatch(
        /^faultline: there is no configuration \(looked for \/nonexistent/,
      );
      expect(code).toBe(2);
    }
    const found = await faultline(['config', 'check'], {
      ...nowhere,
      FAULTLINE_CONFIG: 'src/config/example/faultline.yaml',
    });
    expect(found).toMatchObject({ code: 0, stdout: 'src/config/example/faultline.yaml: good\n' });
  });

  it('prints the version of its package', async () => {
    const { stdout } = await faultline(['--version']);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('takes a reader that goes away as no error', async () => {
    const child = spawn(process.execPath, [...command, 'catalogue'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk);
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });
});
