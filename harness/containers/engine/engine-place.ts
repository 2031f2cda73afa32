// Where a container engine may be, known without asking anybody: the places where testcontainers looks, in its order.
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export const defaultSocket = '/var/run/docker.sock'

export interface EnginePlace {
  /** As its user writes it: `unix:///var/run/docker.sock`. */
  readonly url: string
  /** Which setting says so; null for a usual place. */
  readonly by: 'DOCKER_HOST' | '.testcontainers.properties' | null
}

/** Whether an engine is worth asking for: loading what asks costs half a second. */
export function mayHaveEngine(env: NodeJS.ProcessEnv): boolean {
  return enginePlaces(env).length > 0
}

/** Where one is named, nowhere else: another engine would not be the one that was asked for. */
export function enginePlaces(env: NodeJS.ProcessEnv): EnginePlace[] {
  const inFile = readProperties(env)
  const onlyPlace = inFile('tc.host')
  if (onlyPlace !== undefined) return [{ url: onlyPlace, by: '.testcontainers.properties' }]
  const given = env['DOCKER_HOST']
  if (given !== undefined && given !== '') return [{ url: given, by: 'DOCKER_HOST' }]
  const named = inFile('docker.host')
  if (named !== undefined) return [{ url: named, by: '.testcontainers.properties' }]
  const rootless = rootlessSockets(env).find((socket) => existsSync(socket))
  const there = [...(existsSync(defaultSocket) ? [defaultSocket] : []), ...(rootless ? [rootless] : [])]
  return there.map((socket) => ({ url: `unix://${socket}`, by: null }))
}

/** The path of a socket; undefined for an engine that is reached over a network. */
export function socketOf({ url }: EnginePlace): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, pathname, hostname } = new URL(url)
  return (protocol === 'unix:' || protocol === 'npipe:') && hostname === '' ? pathname : undefined
}

/** The host of an engine that is reached over a network; undefined for any other. */
export function hostOf({ url }: EnginePlace): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, hostname } = new URL(url)
  return ['http:', 'https:', 'tcp:'].includes(protocol) && hostname !== '' ? hostname : undefined
}

/** Of desktops and of users without root. */
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
