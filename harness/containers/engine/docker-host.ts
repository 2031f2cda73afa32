// Where a container engine may be, known without asking anybody: the same settings and sockets as
// testcontainers, in its order.
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export const defaultSocket = '/var/run/docker.sock'

export interface DockerHost {
  /** As its user writes it: `unix:///var/run/docker.sock`. */
  readonly url: string
  /** The setting that names it; null for one of the usual sockets. */
  readonly setBy: 'DOCKER_HOST' | '.testcontainers.properties' | null
}

/** Whether to look for an engine at all: loading the client takes half a second. */
export function mayHaveEngine(env: NodeJS.ProcessEnv): boolean {
  return dockerHosts(env).length > 0
}

/** If a setting names one, no other is tried: another engine would not be the one that was asked for. */
export function dockerHosts(env: NodeJS.ProcessEnv): DockerHost[] {
  const property = readProperties(env)
  const only = property('tc.host')
  if (only !== undefined) return [{ url: only, setBy: '.testcontainers.properties' }]
  const inEnv = env['DOCKER_HOST']
  if (inEnv !== undefined && inEnv !== '') return [{ url: inEnv, setBy: 'DOCKER_HOST' }]
  const inFile = property('docker.host')
  if (inFile !== undefined) return [{ url: inFile, setBy: '.testcontainers.properties' }]
  const rootless = rootlessSockets(env).find((socket) => existsSync(socket))
  const found = [...(existsSync(defaultSocket) ? [defaultSocket] : []), ...(rootless ? [rootless] : [])]
  return found.map((socket) => ({ url: `unix://${socket}`, setBy: null }))
}

/** The path of a socket; undefined for an engine that is reached over a network. */
export function socketOf({ url }: DockerHost): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, pathname, hostname } = new URL(url)
  return (protocol === 'unix:' || protocol === 'npipe:') && hostname === '' ? pathname : undefined
}

/** The host of an engine that is reached over a network; undefined for any other. */
export function hostOf({ url }: DockerHost): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, hostname } = new URL(url)
  return ['http:', 'https:', 'tcp:'].includes(protocol) && hostname !== '' ? hostname : undefined
}

/** For messages: as its user set it. */
export function describeHost({ url, setBy }: DockerHost): string {
  return setBy === null ? url : `${setBy}=${url}`
}

/** The sockets of desktops and of users without root. */
function rootlessSockets(env: NodeJS.ProcessEnv): string[] {
  const runtime = env['XDG_RUNTIME_DIR']
  return [
    ...(runtime === undefined ? [] : [join(runtime, 'docker.sock')]),
    ...['run', 'desktop'].map((folder) => join(homeOf(env), '.docker', folder, 'docker.sock')),
    `/run/user/${process.getuid?.() ?? 0}/docker.sock`,
  ]
}

function readProperties(env: NodeJS.ProcessEnv): (name: string) => string | undefined {
  const file = join(homeOf(env), '.testcontainers.properties')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  const pairs = lines.flatMap((line) => {
    const [, name, value] = /^\s*([\w.]+)\s*[=:]\s*(\S+)\s*$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [[name, value] as const]
  })
  return (name) => new Map(pairs).get(name)
}

function homeOf(env: NodeJS.ProcessEnv): string {
  return env['HOME'] ?? homedir()
}
