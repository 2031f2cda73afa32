// The environment a child gets: listed, so that nothing of the harness's own (NODE_OPTIONS, vitest's, secrets) leaks in.
import { realpathSync } from 'node:fs'
import path from 'node:path'
import { isPackage } from '../core/assets.ts'
import { markVariable } from './process-row.ts'

const inherited = [
  'PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR',
  'SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS',
] // prettier-ignore

const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy']

const loopback = ['127.0.0.1', 'localhost', '::1']

/**
 * @param own the harness's environment
 * @param extra what the caller adds; wins over what is inherited, but not over the session's mark
 */
export function childEnvironment(
  own: NodeJS.ProcessEnv,
  sessionId: string,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return { ...picked(own, inherited), ...extra, [markVariable]: sessionId }
}

/**
 * What a program that downloads something gets besides. Nothing else gets it: proxies come with passwords, and
 * whatever is under test speaks to this machine only.
 */
export function proxyEnvironment(own: NodeJS.ProcessEnv): Record<string, string> {
  const listed = (own['NO_PROXY'] ?? own['no_proxy'] ?? '').split(',').map((host) => host.trim())
  const hosts = [...new Set([...listed, ...loopback])].filter((host) => host !== '').join(',')
  return { ...picked(own, proxies), NO_PROXY: hosts, no_proxy: hosts }
}

/** What a package manager adds for the command that it runs, and what would lead a worker to another Temporal. */
const notTheirs = /^(?:npm_|pnpm_|PNPM_(?:SCRIPT|PACKAGE)|INIT_CWD$|NODE_COMPILE_CACHE$|TEMPORAL_|CHAOS_)/

/**
 * The environment of a user's own program: all of theirs, without what the harness's start added and without any
 * variable of Temporal's. A worker that knows a production server by its environment must not find it.
 * @param ownNode the Node that the harness brought: folders of PATH that hold it are left out
 */
export function userEnvironment(
  own: NodeJS.ProcessEnv,
  ownNode = broughtNode(process.execPath),
): Record<string, string> {
  const named = Object.entries(own).filter(([name]) => !notTheirs.test(name))
  const theirs = picked(
    own,
    named.map(([name]) => name),
  )
  const folders = (theirs['PATH'] ?? '').split(path.delimiter)
  const ours = ownNode === null ? undefined : realPathOf(ownNode)
  const isOurs = (folder: string) => ours !== undefined && realPathOf(path.join(folder, 'node')) === ours
  return { ...theirs, PATH: folders.filter((folder) => !isOurs(folder)).join(path.delimiter) }
}

/**
 * The Node that a checkout puts into PATH; null if it is one of the user's. The package puts none there.
 * @param execPath the Node that runs the harness
 */
export function broughtNode(execPath: string): string | null {
  return !isPackage && execPath.split(path.sep).includes('node_modules') ? execPath : null
}

function realPathOf(file: string): string | undefined {
  try {
    return realpathSync(file)
  } catch {
    // Most folders hold no such program.
    return undefined
  }
}

function picked(own: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]] as const])),
  )
}
