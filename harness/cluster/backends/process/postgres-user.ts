// The user that runs PostgreSQL. PostgreSQL refuses to run as root, so root starts it as another user.
import { spawnSync } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ChaosError } from '../../../core/errors.ts'

export interface User {
  readonly uid: number
  readonly gid: number
}

/**
 * Undefined if we are not root, because PostgreSQL then runs as ourselves. For root it is `nobody`: PostgreSQL needs a
 * user with a passwd entry, and `nobody` has one on every machine. A user named postgres might own another database.
 * @throws ChaosError `CHAOS_POSTGRES_USER`
 */
export function postgresUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined
  return { uid: idOf('-u'), gid: idOf('-g') }
}

/** Asks `id`, which also knows users that are not in /etc/passwd (macOS, LDAP). */
function idOf(flag: '-u' | '-g'): number {
  const result = spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' })
  const id = Number.parseInt(result.stdout, 10)
  if (Number.isInteger(id)) return id
  throw new ChaosError(
    'PostgreSQL does not run as root, and this machine has no user "nobody" to run it as',
    {
      code: 'CHAOS_POSTGRES_USER',
      hint: 'Run as an ordinary user, or add the user "nobody".',
      cause: result.error ?? result.stderr,
    },
  )
}

/** The first folder on the path to `folder` that other users may not enter; undefined if they may enter all. */
export async function closedFolder(folder: string): Promise<string | undefined> {
  const parent = dirname(folder)
  const above = parent === folder ? undefined : await closedFolder(parent)
  if (above !== undefined) return above
  return ((await stat(folder)).mode & 0o001) === 0 ? folder : undefined
}
