// Checks that the folders of a campaign are writable and have room, without writing.
import { constants } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { messageOf } from '../../core/errors.ts'
import { missing, ok, warning, type Check } from './check.ts'
import { gigabytes } from './machine.ts'

export interface FolderNeeds {
  readonly name: string
  readonly folder: string
  /** Less than this may not be enough. */
  readonly bytes: number
  /** Less than this is never enough. */
  readonly leastBytes: number
  /** The environment variable that moves it elsewhere. */
  readonly variable: string
  /** A campaign does not make it. */
  readonly mustExist?: boolean
}

/** If a folder does not exist yet, the nearest existing one above it is checked. */
export async function checkFolder(needs: FolderNeeds): Promise<Check> {
  const { name, folder, variable } = needs
  try {
    const existing = needs.mustExist === true ? folder : await nearest(folder)
    await access(existing, constants.W_OK | constants.X_OK)
    const { bavail, bsize } = await statfs(existing)
    const free = bavail * bsize
    const found = `${folder}, ${gigabytes(free)} free`
    const hint = `Make room, or set ${variable} to a folder with ${gigabytes(needs.bytes)} free.`
    if (free >= needs.bytes) return ok(name, found)
    return free >= needs.leastBytes ? warning(name, found, hint) : missing(name, found, hint)
  } catch (thrown) {
    const hint = `Set ${variable} to a folder that can be written.`
    return missing(name, `${folder} cannot be written: ${messageOf(thrown)}`, hint)
  }
}

async function nearest(folder: string): Promise<string> {
  try {
    await access(folder)
    return folder
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw thrown
    return nearest(dirname(folder))
  }
}
