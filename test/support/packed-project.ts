// Projects of strangers with the packed package in them, and the commands that they type there.
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { execa } from 'execa'

const checkout = path.resolve(import.meta.dirname, '../..')

export interface PackedProject extends AsyncDisposable {
  readonly folder: string
  readonly tarball: string
  /** Runs a program as its user does. Never rejects. */
  run(file: string, ...args: readonly string[]): ReturnType<typeof runIn>
  /** The same in a folder of the project. */
  runIn(folder: string, file: string, ...args: readonly string[]): ReturnType<typeof runIn>
}

/** A folder outside of the checkout, with the tarball in it. PostgreSQL, which runs as another user if we are root, can get in. */
export async function packPackage(): Promise<
  AsyncDisposable & { readonly root: string; readonly tarball: string }
> {
  const root = await mkdtemp(path.join(tmpdir(), 'chaos-packed-'))
  await chmod(root, 0o755)
  await execa('npx', ['-y', 'pnpm@12', 'pack', '--pack-destination', root], { cwd: checkout })
  const name = (await readdir(root)).find((file) => file.endsWith('.tgz'))
  if (name === undefined) throw new Error(`pnpm pack wrote nothing into ${root}`)
  return {
    root,
    tarball: path.join(root, name),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  }
}

/** Runs a program in this folder as a stranger does. Never rejects. */
export function openFolder(folder: string): Pick<PackedProject, 'run' | 'runIn'> {
  return {
    run: (file, ...args) => runIn(folder, file, args),
    runIn: (inside, file, ...args) => runIn(path.join(folder, inside), file, args),
  }
}

/** `npm install -D` of packages, whatever is in the folder. */
export async function installInto(folder: string, ...packages: readonly string[]): Promise<void> {
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts']
  await must(runIn(folder, 'npm', ['install', '-D', ...flags, ...packages]))
}

/** @throws Error with its output if it does not end with 0 */
export async function must(running: ReturnType<typeof runIn>): Promise<string> {
  const { exitCode, command, all } = await running
  if (exitCode !== 0) throw new Error(`${command} ended with ${exitCode}:\n${all}`)
  return all
}

/** An empty project in JavaScript. @param packages those that it has besides ours */
export async function openPackedProject(...packages: readonly string[]): Promise<PackedProject> {
  const { root, tarball, [Symbol.asyncDispose]: dispose } = await packPackage()
  const folder = path.join(root, 'project')
  await mkdir(folder)
  await writeFile(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  await installInto(folder, tarball, ...packages)
  return { folder, tarball, ...openFolder(folder), [Symbol.asyncDispose]: dispose }
}

function runIn(cwd: string, file: string, args: readonly string[]) {
  return execa(file, args, {
    cwd,
    env: { ...strangersEnvironment(process.env), NO_COLOR: '1', CI: 'true' },
    extendEnv: false,
    reject: false,
    all: true,
    stdin: 'ignore',
  })
}

/** Nothing of the checkout, of vitest or of the package manager that started it; the Node is the machine's own. */
function strangersEnvironment(own: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(own).filter(
    (entry): entry is [string, string] => !/^(npm_|pnpm_|NODE_|VITEST|CHAOS_|INIT_CWD)/.test(entry[0]),
  )
  const folders = (own['PATH'] ?? '').split(path.delimiter)
  const theirs = folders.filter((folder) => !folder.startsWith(path.join(checkout, 'node_modules')))
  return { ...Object.fromEntries(kept), PATH: theirs.join(path.delimiter) }
}
