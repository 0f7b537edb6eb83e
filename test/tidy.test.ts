import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)) && statSync(join(root, file)).isFile());
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');
const typescript = files.filter((file) => file.endsWith('.ts'));

/** What the files of a folder may import beside their own folder, and why no more. */
const directions: { from: string; may: string[]; because: string }[] = [
  {
    from: 'simulator/c/',
    may: ['simulator/vm/'],
    because: 'the front end writes programs and knows no search',
  },
  {
    from: 'simulator/',
    may: ['simulator/'],
    because: 'the simulator is a library of its own and knows no mail',
  },
  {
    from: 'src/finding/',
    may: [],
    because: 'it is the waist: everybody may import it because it imports nobody',
  },
  { from: 'src/mail/', may: [], because: 'a mail is read without knowing what is in it' },
  { from: 'src/series/', may: ['src/mail/'], because: 'a series is made of mails only' },
  {
    from: 'src/change/',
    may: ['src/mail/', 'src/series/', 'src/root.ts'],
    because: 'a change is files, and runs no code',
  },
  {
    from: 'src/source/',
    may: ['src/mail/split-mbox.ts', 'src/change/git.ts'],
    because: 'mail is brought without knowing what is in it',
  },
  { from: 'src/store/', may: ['src/source/inbox.ts'], because: 'the store keeps what sources bring' },
  {
    from: 'src/intake/',
    may: [
      'src/source/',
      'src/store/',
      'src/mail/',
      'src/series/',
      'src/change/',
      'src/code/',
      'src/config/',
      'src/thread.ts',
    ],
    because: 'what comes in is sorted, and nothing of it is run',
  },
  {
    from: 'src/code/',
    may: ['simulator/', 'src/change/', 'src/series/', 'src/mail/', 'src/root.ts'],
    because: 'touched functions are found before any race is known',
  },
  {
    from: 'src/race/',
    may: [
      'simulator/',
      'src/code/',
      'src/change/',
      'src/series/',
      'src/mail/',
      'src/root.ts',
      'src/thread.ts',
    ],
    because: 'a race is replayed without knowing who reports it',
  },
  {
    from: 'src/symptom/',
    may: ['src/race/'],
    because: 'what a report shows is looked up in the catalogue, and nothing is run',
  },
  {
    from: 'src/truth/',
    may: ['src/review.ts', 'src/change/', 'src/mail/'],
    because: 'it reviews as anybody does, and knows no race',
  },
  { from: 'src/state/', may: [], because: 'a folder and its lock know nothing of what is in them' },
  {
    from: 'src/queue/',
    may: ['src/state/', 'src/thread.ts', 'src/at-most.ts'],
    because: 'a queue carries jobs and does not know what they are',
  },
  {
    from: 'src/path/',
    may: ['simulator/', 'rules/path/', 'src/code/', 'src/change/', 'src/series/', 'src/mail/', 'src/root.ts'],
    because: 'a path is run without knowing of any race',
  },
  {
    from: 'rules/path/',
    may: ['simulator/path/'],
    because: 'a rule looks at paths, and at nothing that made them',
  },
  { from: 'src/report/', may: [], because: 'a reporter reads the result and nothing else' },
  {
    from: 'src/policy/',
    may: ['src/config/'],
    because: 'who may be told what is decided on plain data, before anything is written or sent',
  },
  {
    from: 'src/reply/',
    may: ['src/config/', 'src/policy/', 'src/report/', 'src/store/', 'src/mail/', 'src/at-most.ts'],
    because: 'a reply is what a report says, to whom policy lets it go; it reviews nothing',
  },
  {
    from: 'src/job/',
    may: [
      'src/review.ts',
      'src/queue/',
      'src/store/',
      'src/policy/',
      'src/config/',
      'src/mail/',
      'src/series/',
      'src/change/run.ts',
      'src/thread.ts',
      'src/at-most.ts',
    ],
    because: 'a job carries a series to a review and back, and does not know who wants the answer',
  },
  { from: 'src/web/', may: ['src/report/', 'src/root.ts'], because: 'a page shows what it is given' },
  {
    from: 'src/github/',
    may: ['src/config/', 'src/policy/', 'src/report/'],
    because: 'it speaks with a forge about reviews, and makes none',
  },
  {
    from: 'src/forge/',
    may: [
      'src/github/',
      'src/store/',
      'src/config/',
      'src/policy/',
      'src/reply/objections.ts',
      'src/intake/read-facts.ts',
      'src/mail/split-mbox.ts',
      'src/at-most.ts',
    ],
    because:
      'what stands on a forge becomes series, and what came of them is said there; nothing is reviewed',
  },
  {
    from: 'src/patchwork/',
    may: ['src/config/', 'src/policy/', 'src/store/', 'src/at-most.ts'],
    because: 'it shows results beside patches, and makes none',
  },
  {
    from: 'src/daemon/',
    may: [
      'src/race/',
      'src/reply/',
      'src/store/',
      'src/policy/',
      'src/config/',
      'src/forge/',
      'src/github/',
      'src/patchwork/',
      'src/web/',
      'src/at-most.ts',
    ],
    because:
      'it gives the stages of a daemon to each other; mail and reviews are moved by src/daemon.ts alone',
  },
  { from: 'src/hook/', may: ['src/change/'], because: 'it writes two scripts and asks git where' },
  { from: 'src/config/', may: ['src/root.ts'], because: 'settings come before every stage' },
  {
    from: 'src/command/',
    may: ['src/report/', 'src/config/', 'src/root.ts'],
    because: 'a command asks one function of the stages, through Analysis',
  },
  {
    from: 'src/cli.ts',
    may: ['src/command/', 'src/config/'],
    because: 'an entry wires and does nothing else',
  },
];

/** The file in which the commands are wired to the stages. */
const wiring = ['src/command/stages.ts', 'src/command/pull.ts'];

function importsOf(file: string): string[] {
  const found = textOf(file).matchAll(
    /(?:^(?:import|export)\b[^'"]*?|\bimport\()\s*['"](\.{1,2}\/[^'"]+)['"]/gm,
  );
  return [...found].map((match) => normalize(join(dirname(file), match[1]!)).replace(/\.js$/, '.ts'));
}

describe('the house', () => {
  it('is seen by this test: it finds the imports that are there', () => {
    expect(importsOf('src/cli.ts')).toContain('src/command/program.ts');
    expect(importsOf('src/cli.ts')).toContain('src/command/doctor.ts');
    expect(importsOf('src/command/review.ts')).toContain('src/finding/problem.ts');
  });

  for (const { from, may, because } of directions) {
    it(`lets ${from} import nothing but ${may.length === 0 ? 'itself' : may.join(', ')}: ${because}`, () => {
      // Everybody may name a result.
      const allowed = [from, ...may, ...(from.startsWith('src/') ? ['src/finding/'] : [])];
      const wrong = typescript
        .filter((file) => file.startsWith(from) && !wiring.includes(file))
        .flatMap((file) => importsOf(file).map((target) => ({ file, target })))
        .filter(({ target }) => !allowed.some((prefix) => target.startsWith(prefix)));
      expect(wrong).toEqual([]);
    });
  }

  it('has a direction for every folder of src', () => {
    const folders = new Set(files.flatMap((file) => /^src\/[^/]+\//.exec(file) ?? []));
    expect([...folders].filter((folder) => !directions.some(({ from }) => from === folder))).toEqual([]);
  });

  it('lets only code, race and path call the simulator', () => {
    const callers = typescript.filter(
      (file) => file.startsWith('src/') && importsOf(file).some((to) => to.startsWith('simulator/')),
    );
    expect(callers.filter((file) => !/^src\/(code|path|race)\//.test(file))).toEqual([]);
  });

  it('has reporters that read nothing from the machine', () => {
    const builtins = typescript
      .filter((file) => file.startsWith('src/report/'))
      .flatMap((file) => [...textOf(file).matchAll(/from '(node:[\w/]+)'|process\.|Date\.now|new Date\(\)/g)])
      .filter((match) => match[1] !== 'node:crypto')
      .map((match) => match[0]);
    expect(builtins).toEqual([]);
  });

  it('gives no text to a shell', () => {
    const shells = typescript.filter(
      (file) =>
        !file.startsWith('test/') && /\bexecSync\(|\bexec\((?!\w*\))['"`]|shell:\s*true/.test(textOf(file)),
    );
    expect(shells).toEqual([]);
  });

  it('has no source file over 300 lines', () => {
    const long = typescript.filter((file) => textOf(file).split('\n').length > 301);
    expect(long).toEqual([]);
  });

  it('names files in kebab-case, with words that say something', () => {
    const ours = typescript.filter((file) => /^(src|simulator|rules|test)\//.test(file));
    const shape = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)*[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test|\.config|\.bench)?\.ts$/;
    const banned = /\b(manager|helpers?|utils?|common|services?|handlers?|misc)\b/;
    expect(ours.filter((file) => !shape.test(file) || banned.test(file))).toEqual([]);
  });

  it('holds no absolute path of a machine', () => {
    const path = new RegExp(
      `(^|[^\\w.$}~])/(${['tmp', 'work', 'root', 'home', 'farm'].join('|')})/[a-z]`,
      'm',
    );
    const text = files.filter((file) =>
      /\.(ts|md|c|h|json|yml|ya?ml|sh)$|^(Dockerfile|\.ci\/run)$/.test(file),
    );
    expect(text.filter((file) => file !== 'package-lock.json' && path.test(textOf(file)))).toEqual([]);
  });

  it('leaves nothing unfinished behind a mark', () => {
    const mark = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME'].join('|')})\\b`);
    expect(files.filter((file) => /\.(ts|c|h|md)$/.test(file) && mark.test(textOf(file)))).toEqual([]);
  });
});

describe('the map in README.md', () => {
  const map = /## The house\n[\s\S]*?```\n([\s\S]*?)```/.exec(textOf('README.md'))?.[1] ?? '';
  const listed = map.split('\n').flatMap((line) => /^(\S+)/.exec(line)?.[1] ?? []);

  it('lists nothing that is not there', () => {
    expect(listed.length).toBeGreaterThan(10);
    expect(listed.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('leaves out no folder of the sources', () => {
    const folders = files.flatMap(
      (file) => /^(?:src|simulator)\/[^/]+\/|^(?:rules|fixtures|test)\//.exec(file) ?? [],
    );
    expect([...new Set(folders)].filter((folder) => !listed.includes(folder))).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  const named = textOf('docs/architecture.md').match(/`(?:src|simulator|rules|test)\/[\w./-]+`/g) ?? [];

  it('names no file and no folder that is not there', () => {
    expect(named.length).toBeGreaterThan(40);
    const paths = named.map((path) => path.slice(1, -1));
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
