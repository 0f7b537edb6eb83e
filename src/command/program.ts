import { Argument, Command, Option } from 'commander';
import { escapeLine } from '../report/escape.js';
import { bars } from './exit-code.js';
import { collect, collectConfig, wholeNumber } from './option.js';

/** What a command does with its arguments: it answers the exit code. */
export type Action = (name: string, args: string[], flags: Record<string, unknown>) => Promise<void>;

const configOption = '-c, --config <file>';
const configHelp = 'the file (default: faultline.yaml, then the usual places)';

/** Where mails are that are named by their Message-ID. */
function finding(command: Command): Command {
  return command
    .option('--store <file>', 'look a Message-ID up in this store of faultline ingest')
    .option('--from <address>', 'or in this archive, as https://host/list/');
}

/** What an analysis may be told, in the order of a help text. */
const options = {
  tree: () =>
    new Option(
      '--tree <tree>',
      'folder, git repository or linux-source tarball; LIST=TREE for one list (repeatable)',
    ).argParser(collect),
  race: () => new Option('--race <id>', 'only this race of the catalogue (repeatable)').argParser(collect),
  threads: () =>
    new Option('--threads <n>', 'leave out scenarios with more threads than that').argParser(
      wholeNumber(2, 4),
    ),
  budget: () =>
    new Option('--budget <n>', 'states that each exploration may have, as 50k or 2M').argParser(
      wholeNumber(1, 1e9),
    ),
  jobs: () =>
    new Option('--jobs <n>', 'races that are searched at a time (default: one a processor)').argParser(
      wholeNumber(1, 64),
    ),
  config: () =>
    new Option('--config <option>', 'kernel configuration, as CONFIG_FS_DAX=n (repeatable)').argParser(
      collectConfig,
    ),
  full: () => new Option('--full', 'every shared access is a scheduling point'),
  explain: () => new Option('--explain', 'assumptions, whole traces, and how the base was found'),
};

type Name = keyof typeof options;

const searching: Name[] = ['race', 'threads', 'budget', 'jobs', 'config', 'full'];

/** Gives a command these options, and what it can do with its answer. */
function offering(command: Command, names: readonly Name[], formats: string[]): Command {
  for (const [name, make] of Object.entries(options))
    if (names.includes(name as Name)) command.addOption(make());
  return command
    .addOption(new Option('--format <format>', 'form of the answer (default: text)').choices(formats))
    .option('-o, --output <file>', 'write the answer to a file');
}

/** Options of every command that searches. */
function analysing(command: Command, formats: string[]): Command {
  return offering(command, ['tree', ...searching, 'explain'], formats);
}

const reviewHelp = `
Exit: 0 nothing introduced, 1 something introduced, 2 usage, 3 the input cannot be read, applied or analysed,
      4 a service cannot be reached, 70 internal error.

  faultline review fix.patch --tree ~/linux
  faultline review HEAD~3..
  faultline review https://lore.kernel.org/all/MESSAGE-ID/
  git diff | faultline review`;

function addReview(program: Command, action: Action): void {
  const command = program
    .command('review')
    .description('execute the code that a patch touches, before and after, and say what it opens or closes')
    .argument('[what]', 'mail, mbox, Maildir, diff, commits, URL or Message-ID; - or nothing: stdin')
    .addOption(
      new Option('--fail-on <what>', 'exit 1 from this on').choices([...bars, 'never']).default('introduced'),
    )
    .option('-c, --daemon <config>', 'email: the mail that the daemon of this configuration would send')
    .addHelpText('after', reviewHelp);
  analysing(finding(command), [
    'text',
    'json',
    'email',
    'sarif',
    'markdown',
    'html',
    'svg',
    'terse',
    'b4',
  ]).action((file, flags) => action('review', [file], flags));
}

const replayHelp = `
On a terminal: arrows or j and k step, g and G go to the first and the last step, q leaves.

  faultline replay 1.dax-pmd-insert-race.after.9f3c2a1b.11a2b1 --patch fix.patch --tree ~/linux`;

function addReplay(program: Command, action: Action): void {
  const command = program
    .command('replay')
    .description('run a witness again (exit: 0 same violation, 1 not reached, 3 the code is another)')
    .argument('<witness>', 'as a report prints it')
    .option('--patch <what>', 'the patch it was found with, as review takes it')
    .option('--no-step', 'print it, also on a terminal, where one steps through it otherwise')
    .addHelpText('after', replayHelp);
  offering(finding(command), ['tree', 'config', 'explain'], ['text', 'json']).action((witness, flags) =>
    action('replay', [witness], flags),
  );
}

function addCatalogue(program: Command, action: Action): void {
  const command = program
    .command('catalogue')
    .description('list the known races, tell about one, or let them test themselves')
    .argument('[id]', 'a race')
    .option('--self-test', 'each race on its own broken and repaired code')
    .option(
      '--match <file>',
      'the races that an oops, a lockdep splat or a hung task shows (- is stdin; exit 1: none)',
    );
  offering(command, ['race', 'budget', 'jobs', 'config', 'full', 'explain'], ['text', 'json']).action(
    (id, flags) => action('catalogue', [id], flags),
  );
}

const ingestHelp = `
A source is a path (an archive of public-inbox, a Maildir, an mbox), - for stdin, or an address:
  imaps://user@host/FOLDER   nntps://host/GROUP   https://host/LIST/
Its password is read from FAULTLINE_PASSWORD or from the file that FAULTLINE_PASSWORD_FILE names.

Exit: 0 everything was read, 2 usage, or the source refuses, 3 it makes no sense, 4 it cannot be reached.`;

function addIngest(program: Command, action: Action): void {
  program
    .command('ingest')
    .description('take mail from lists and folders into a store; nothing twice, nothing lost')
    .option('--source <source>', 'where mail comes from (repeatable)', collect)
    .option('--store <file>', 'where it is kept')
    .option('--stats', 'end with a line of JSON that counts what is kept')
    .option('--follow', 'go on as mail comes in')
    .addHelpText('after', ingestHelp)
    .action((flags) => action('ingest', [], flags));
}

function addRest(program: Command, action: Action): void {
  const check = program
    .command('check')
    .description('replay the catalogue on a tree as it stands (exit 1: violated)');
  analysing(check, ['text', 'json']).action((flags) => action('check', [], flags));
  const covers = program
    .command('covers')
    .description('how far a file or a function is understood')
    .argument('<target>', 'a path as in the tree, or the name of a function');
  offering(covers, ['tree', 'explain'], ['text', 'json']).action((target, flags) =>
    action('covers', [target], flags),
  );
  const matrix = program
    .command('matrix')
    .description('replay the catalogue on several trees: one row a race, one column a kernel')
    .option('--check-seen', 'exit 1 where the outcome is not what the Seen: lines of the catalogue say');
  analysing(matrix, ['text', 'json', 'html']).action((flags) => action('matrix', [], flags));
  const evaluate = program
    .command('evaluate')
    .description(
      'review known history in both directions, and hold the answers against it (exit 1: not all as it was)',
    )
    .argument('<folder>', 'cases: FOLDER/ID/case.json, pre/, post/, patch.diff');
  analysing(evaluate, ['text', 'json']).action((folder, flags) => action('evaluate', [folder], flags));
  program
    .command('doctor')
    .description('what this machine has, and whether Faultline works on it')
    .addOption(options.jobs())
    .action((flags) => action('doctor', [], flags));
}

function addConfig(program: Command, action: Action): void {
  program
    .command('config')
    .description('check, print, describe or begin the configuration of the daemon')
    .addArgument(new Argument('<what>', 'what to do').choices(['check', 'print', 'schema', 'example']))
    .option(configOption, configHelp)
    .option('--redacted', 'print: without names, accounts and folders')
    .action((what, flags) => action('config', [what], flags));
}

function addDaemon(program: Command, action: Action): void {
  program
    .command('serve')
    .description('follow the sources and review what comes, until it is told to end')
    .option(configOption, configHelp)
    .option('--change-queue', 'another kind of queue than before is meant; nothing is lost')
    .action((flags) => action('serve', [], flags));
  program
    .command('worker')
    .description('review for a daemon elsewhere, through the Redis that both know')
    .option(configOption, configHelp)
    .action((flags) => action('worker', [], flags));
  program
    .command('status')
    .description('how the daemon fares: last mail of each list, what waits, what is held')
    .option(configOption, configHelp)
    .option('--ready', 'exit 4 unless the daemon runs, reads its sources and reaches its queue')
    .addOption(new Option('--format <format>', 'form of the answer').choices(['text', 'json']))
    .action((flags) => action('status', [], flags));
}

function addGithub(program: Command, action: Action): void {
  const command = program
    .command('github')
    .description('review a pull request (token: GITHUB_TOKEN or GITHUB_TOKEN_FILE)')
    .argument('<pull>', 'OWNER/REPO#NUMBER, or its address')
    .option('--publish', 'say it in the pull request: one comment, comments beside lines, a check')
    .option('--api <url>', 'a server that speaks like GitHub');
  analysing(command, ['text', 'json', 'markdown', 'html', 'sarif']).action((pull, flags) =>
    action('github', [pull], flags),
  );
}

function addHook(program: Command, action: Action): void {
  program
    .command('hook')
    .description('let git review before it sends mail (sendemail-validate) and before it pushes')
    .addArgument(new Argument('<what>', 'what to do').choices(['install', 'remove']))
    .action((what, flags) => action('hook', [what], flags));
}

function addOutbox(program: Command, action: Action): void {
  program
    .command('outbox')
    .description('look at the mails that wait, and decide about them')
    .addArgument(new Argument('<what>', 'what to do').choices(['list', 'show', 'approve', 'drop', 'release']))
    .argument('[id]', 'Message-ID of a mail')
    .option(configOption, configHelp)
    .option('--why <reason>', 'drop: kept beside the mail')
    .addOption(new Option('--format <format>', 'form of the list').choices(['text', 'json']))
    .action((what, id, flags) => action('outbox', [what, id], flags));
}

const completionHelp = `
  source <(faultline completion bash)
  faultline completion zsh > ~/.zfunc/_faultline
  faultline completion fish > ~/.config/fish/completions/faultline.fish
  faultline man > faultline.1 && man ./faultline.1`;

/** What is told of the commands themselves. */
function addDescriptions(program: Command, action: Action): void {
  program
    .command('completion')
    .description('print the script with which a shell completes commands, options and their words')
    .addArgument(new Argument('<shell>', 'for which shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', completionHelp)
    .action((shell, flags) => action('completion', [shell], flags));
  program
    .command('man')
    .description('print the manual page')
    .action((flags) => action('man', [], flags));
}

/**
 * The command line. Only the shape of it: `action` runs the commands. Wrong usage throws a CommanderError
 * after commander has said on stderr what is wrong.
 */
export function buildProgram(version: string, action: Action): Command {
  const program = new Command('faultline')
    .description('Reviews Linux kernel patches by running them.')
    .version(version, '-V, --version')
    .configureHelp({ helpWidth: 100 })
    .configureOutput({
      outputError: (text, write) => write(`faultline: ${escapeLine(text.replace(/^error: /, ''))}\n`),
    })
    .exitOverride();
  addReview(program, action);
  addReplay(program, action);
  addCatalogue(program, action);
  addIngest(program, action);
  addRest(program, action);
  addConfig(program, action);
  addDaemon(program, action);
  addOutbox(program, action);
  addHook(program, action);
  addGithub(program, action);
  addDescriptions(program, action);
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}
