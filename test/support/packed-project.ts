// An empty project of a stranger, with the packed package in it, and the commands that they type there.
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

export async function openPackedProject(): Promise<PackedProject> {
  const root = await mkdtemp(path.join(tmpdir(), 'chaos-packed-'))
  // PostgreSQL, which runs as another user if we are root, must get in.
  await chmod(root, 0o755)
  const folder = path.join(root, 'project')
  await execa('npx', ['-y', 'pnpm@12', 'pack', '--pack-destination', root], { cwd: checkout })
  const name = (await readdir(root)).find((file) => file.endsWith('.tgz'))
  if (name === undefined) throw new Error(`pnpm pack wrote nothing into ${root}`)
  const tarball = path.join(root, name)
  await mkdir(folder)
  await writeFile(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts']
  const { exitCode, all } = await runIn(folder, 'npm', ['install', '-D', ...flags, tarball])
  if (exitCode !== 0) throw new Error(`npm install ended with ${exitCode}:\n${all}`)
  return {
    folder,
    tarball,
    run: (file, ...args) => runIn(folder, file, args),
    runIn: (inside, file, ...args) => runIn(path.join(folder, inside), file, args),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  }
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
