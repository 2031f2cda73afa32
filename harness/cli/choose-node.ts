// Prints the path of the Node that the command runs on: the user's own if it is new enough, else one that npm brings
// into the cache once. As a dependency it would put a `node` of ours into the project's node_modules/.bin.
// This program runs on Node 20: it uses nothing newer.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cacheRoot } from '../core/cache-root.ts'

/** The oldest that the harness runs on, and the one that npm brings. */
const nodeMajor = 24

/** The npm package of Node for this machine. The name without `bin` was not free on that one platform. */
function nodePackage(platform: string, arch: string): string {
  return `${platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${arch}`
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** @throws Error if npm cannot install it */
function installNode(folder: string, name: string): void {
  mkdirSync(dirname(folder), { recursive: true })
  const staging = mkdtempSync(`${folder}-`)
  try {
    const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
    const { error, status } = spawnSync(
      'npm',
      ['install', '--prefix', staging, ...flags, `${name}@${nodeMajor}`],
      { cwd: staging, stdio: ['ignore', 2, 2] },
    )
    if (error !== undefined) throw error
    if (status !== 0) throw new Error(`npm install ${name}@${nodeMajor} ended with ${status}`)
    renameSync(staging, folder)
  } catch (thrown) {
    rmSync(staging, { recursive: true, force: true })
    throw thrown
  }
}

function chooseNode(): string {
  if (Number.parseInt(process.versions.node, 10) >= nodeMajor) return process.execPath
  const name = nodePackage(process.platform, process.arch)
  const folder = join(cacheRoot(process.env), `node-${nodeMajor}`)
  const program = join(folder, 'node_modules', name, 'bin', 'node')
  if (isExecutable(program)) return program
  process.stderr.write(
    `temporal-chaos runs on Node ${nodeMajor}, and this is ${process.version}: npm brings it into ${folder}, once\n`,
  )
  try {
    installNode(folder, name)
  } catch (thrown) {
    // Another start may have brought it meanwhile.
    if (!isExecutable(program)) throw thrown
  }
  return program
}

try {
  process.stdout.write(chooseNode())
} catch (thrown) {
  process.stderr.write(
    `temporal-chaos needs Node ${nodeMajor} [CHAOS_NODE_MISSING]: ${thrown instanceof Error ? thrown.message : String(thrown)}\n` +
      `Start it with Node ${nodeMajor}, or let npm reach its registry.\n`,
  )
  process.exitCode = 3
}
