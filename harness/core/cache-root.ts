// Where the harness keeps between campaigns what is dear to make. All of it may be deleted at any time.
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** A relative `XDG_CACHE_HOME` counts as unset, as the XDG base directory specification asks. */
export function cacheRoot(env: NodeJS.ProcessEnv): string {
  const xdg = env['XDG_CACHE_HOME']
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(env['HOME'] || homedir(), '.cache')
  return join(base, 'temporal-chaos')
}

/** Node's own compile cache, for the command and its Node children; Node does without where it cannot write there. */
export function compileCacheFolder(env: NodeJS.ProcessEnv): string {
  return join(cacheRoot(env), 'compiled')
}
