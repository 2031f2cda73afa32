// The package managers that started this process. They alone are watched: they wait for what they start, so
// one that ends earlier was killed. A shell, `nohup`, a service manager or a CI runner may end on purpose.
import { basename } from 'node:path'
import type { ProcessRow } from './process-row.ts'
import { commandOf, parentOf, processTable } from './process-table.ts'

export interface Launcher {
  readonly pid: number
  /** `npm`, `pnpm`; the shell of a script has the name of the package manager that runs the script. */
  readonly name: string
  /** The process that it started. Its parent changes as soon as the launcher is dead, even if it is a zombie. */
  readonly child: number
}

const managers = /^(npm|npx|pnpm|pnpx|yarn|yarnpkg|bun|bunx|corepack)(-cli)?(\.[cm]?js)?$/
const shells = /^(sh|bash|dash|ash|zsh|ksh|busybox)$/

/** The package managers above `pid` and the shells between them, the nearest one first. */
export function launchersOf(pid: number): Launcher[] {
  return findLaunchers(pid, processTable(), commandOf)
}

/** The name of a launcher that has ended; undefined while all of them live. */
export function brokenLauncher(launchers: readonly Launcher[]): string | undefined {
  return launchers.find(({ pid, child }) => parentOf(child) !== pid)?.name
}

/** @param commandAt the command line of a process, its words separated by spaces */
export function findLaunchers(
  pid: number,
  rows: readonly Pick<ProcessRow, 'pid' | 'parent'>[],
  commandAt: (pid: number) => string | undefined,
): Launcher[] {
  const parents = new Map(rows.map((row) => [row.pid, row.parent]))
  const launchers: Launcher[] = []
  // Shells count only once a package manager is found above them.
  let shellsBelow: Omit<Launcher, 'name'>[] = []
  for (let child = pid; ;) {
    const parent = parents.get(child)
    const command = parent === undefined ? undefined : commandAt(parent)
    if (parent === undefined || command === undefined || parents.get(parent) === undefined) return launchers
    const name = managerIn(command)
    if (name !== undefined) {
      for (const launcher of [...shellsBelow, { pid: parent, child }]) launchers.push({ ...launcher, name })
      shellsBelow = []
    } else if (isScriptShell(command)) shellsBelow.push({ pid: parent, child })
    else return launchers
    child = parent
  }
}

/** `npm exec pnpm@12 chaos`, which is how npm calls its process, or `node /usr/bin/yarn chaos`. */
function managerIn(command: string): string | undefined {
  const words = command.split(' ')
  const own = basename(words[0] ?? '')
  const at = own === 'node' ? words.findIndex((word, index) => index > 0 && !word.startsWith('-')) : 0
  const program = basename(words[at] ?? '')
  if (!managers.test(program)) return undefined
  return program.replace(/(-cli)?(\.[cm]?js)?$/, '')
}

/** A package manager runs a script as `sh -c <script>`. */
function isScriptShell(command: string): boolean {
  const words = command.split(' ')
  return shells.test(basename(words[0] ?? '')) && words[1] === '-c'
}
