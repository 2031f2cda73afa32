// The temporary folder of a session and a note in it that names its owner, so that a later session can tell
// leftovers from folders in use.
import { chmod, lstat, mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { ChaosError, messageOf } from '../core/errors.ts'
import type { SessionMark } from '../processes/process-row.ts'
import { pidSpace, startOf } from '../processes/process-table.ts'

const prefix = 'temporal-chaos-'
const ownerFile = 'owner.json'
const ownerSchema = z.object({ pid: z.number(), started: z.string(), pidSpace: z.string() })

/**
 * How long a folder may be without a readable note before it counts as left behind: opening takes
 * milliseconds.
 */
const openingMs = 60_000

/**
 * Real path, since the kernel shows running programs by theirs.
 * @throws ChaosError `CHAOS_TEMP_UNUSABLE` if there is no temporary folder
 */
export function sessionFolder(id: string): string {
  const parent = tmpdir()
  try {
    return join(realpathSync(parent), prefix + id)
  } catch (thrown) {
    throw tempUnusable(`cannot use the temporary folder ${parent}`, thrown)
  }
}

/**
 * Everybody may enter it, nobody else may list it: PostgreSQL runs as another user when we are root.
 * @throws ChaosError `CHAOS_TEMP_UNUSABLE`
 */
export async function createSessionFolder(folder: string): Promise<void> {
  const owner = { pid: process.pid, started: startOf(process.pid), pidSpace: pidSpace() }
  try {
    await mkdir(folder)
    await chmod(folder, 0o711)
    await writeFile(join(folder, ownerFile), JSON.stringify(owner), { mode: 0o600 })
  } catch (thrown) {
    throw tempUnusable(`cannot make the temporary folder ${folder}`, thrown)
  }
}

function tempUnusable(message: string, thrown: unknown): ChaosError {
  return new ChaosError(`${message}: ${messageOf(thrown)}`, {
    code: 'CHAOS_TEMP_UNUSABLE',
    hint: 'Set TMPDIR to a folder that can be written to and has some hundred MB of space.',
    cause: thrown,
  })
}

/** Sessions of this user, with folders in the current temporary folder, whose harness is dead. */
export async function findDeadSessions(): Promise<SessionMark[]> {
  const names = await readdir(realpathSync(tmpdir()))
  const ids = names.flatMap((name) =>
    /^temporal-chaos-[0-9a-f]{16}$/.test(name) ? [name.slice(prefix.length)] : [],
  )
  const marks = ids.map((id) => ({ id, folder: sessionFolder(id) }))
  const dead = await Promise.all(marks.map((mark) => isDead(mark.folder)))
  return marks.filter((_, index) => dead[index])
}

async function isDead(folder: string): Promise<boolean> {
  try {
    const stat = await lstat(folder)
    if (!stat.isDirectory() || stat.uid !== process.getuid?.()) return false
    const owner = await readOwner(join(folder, ownerFile))
    if (owner === undefined) return Date.now() - stat.mtimeMs > openingMs
    return owner.pidSpace === pidSpace() && startOf(owner.pid) !== owner.started
  } catch (thrown) {
    // Its guard removed it meanwhile.
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw thrown
  }
}

/** Undefined without a complete note: the harness died before writing it, or is writing it right now. */
async function readOwner(file: string): Promise<z.infer<typeof ownerSchema> | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}
