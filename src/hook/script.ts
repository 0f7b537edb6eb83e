/** The hooks that Faultline can be, by the names that git gives them. */
export const hooks = ['sendemail-validate', 'pre-push'] as const;
export type HookName = (typeof hooks)[number];

/** A line by which a hook is known as ours. */
export const mark = '# faultline hook, version 1';

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

const bodies: Record<HookName, string> = {
  // git hands over one mail at a time, as a file.
  'sendemail-validate': `faultline review "$1" >&2
[ $? -ne 1 ] || { echo 'Not sent: the patch opens a race. git send-email --no-validate sends it all the same.' >&2; exit 1; }`,
  // git says on stdin what is to be pushed: local name and commit, remote name and commit. Commits that the remote
  // has are not looked at, and of the others the last fifty.
  'pre-push': `opened=0
while read -r _ local _ remote; do
  case $local in *[!0]*) ;; *) continue ;; esac
  case $remote in *[!0]*) since="^$remote" ;; *) since="--remotes=$1" ;; esac
  git rev-parse --quiet --verify "$remote^{commit}" >/dev/null 2>&1 || since="--remotes=$1"
  case $since in ^*) not='' ;; *) not='--not' ;; esac
  git format-patch -50 --stdout "$local" $not "$since" 2>/dev/null | faultline review - >&2
  [ $? -ne 1 ] || opened=1
done
[ "$opened" = 0 ] || { echo 'Not pushed: a patch opens a race. git push --no-verify pushes it all the same.' >&2; exit 1; }`,
};

/**
 * The text of a hook. It stops git only when a patch opens something: what cannot be reviewed is no reason to.
 * \`command\`: how this Faultline is started, for a shell that does not find it by its name.
 */
export function hookScript(name: HookName, command: readonly string[]): string {
  const fallback = command.map(quoted).join(' ');
  return `#!/bin/sh
${mark}
# Made by "faultline hook install"; "faultline hook remove" takes it away.
if ! command -v faultline >/dev/null 2>&1; then
  faultline() { ${fallback} "$@"; }
fi
# git tells a hook where its repository is; reviews look for it themselves.
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
${bodies[name]}
exit 0
`;
}
