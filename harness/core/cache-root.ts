// Where the harness keeps files between campaigns that are expensive to make. All of them may be deleted at
// any time.
import { userInfo } from 'node:os'
import { isAbsolute, join } from 'node:path'

/**
 * A relative `XDG_CACHE_HOME` counts as unset, as the XDG base directory specification asks; so does `HOME`.
 */
export function cacheRoot(env: NodeJS.ProcessEnv): string {
  const { XDG_CACHE_HOME: xdg, HOME: home } = env
  if (isSet(xdg)) return join(xdg, 'temporal-chaos')
  // `homedir()` would give the same HOME back.
  return join(isSet(home) ? home : userInfo().homedir, '.cache', 'temporal-chaos')
}

function isSet(folder: string | undefined): folder is string {
  return folder !== undefined && isAbsolute(folder)
}

/**
 * Node's compile cache, for the command and its Node children. Node works without it if the folder is not
 * writable.
 */
export function compileCacheFolder(env: NodeJS.ProcessEnv): string {
  return join(cacheRoot(env), 'compiled')
}
