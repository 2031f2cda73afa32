// Where the harness keeps files between campaigns that are expensive to make. All of them may be deleted at
// any time.
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** A relative `XDG_CACHE_HOME` counts as unset, as the XDG base directory specification asks. */
export function cacheRoot(env: NodeJS.ProcessEnv): string {
  const xdg = env['XDG_CACHE_HOME']
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(env['HOME'] || homedir(), '.cache')
  return join(base, 'temporal-chaos')
}

/**
 * Node's compile cache, for the command and its Node children. Node works without it if the folder is not
 * writable.
 */
export function compileCacheFolder(env: NodeJS.ProcessEnv): string {
  return join(cacheRoot(env), 'compiled')
}
