// Puts a new file in the place of an old one at once: a reader sees either the old one or the new one, never
// a part.
import { randomBytes } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** The end of the names that unfinished files have. */
export const unfinishedSuffix = '.tmp'

/** A name beside `path` that nobody else uses. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}${unfinishedSuffix}`)
}

/**
 * Lets `make` create a new file or link and renames it to `path`. Nothing is left of it if that fails.
 * @throws what `make` throws, or the file system's own error
 */
export async function replaceFile(path: string, make: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = temporaryBeside(path)
  try {
    await make(temporary)
    await rename(temporary, path)
  } catch (thrown) {
    // If the folder forbids even the removal, it also forbade the making, which is the error to report.
    await rm(temporary, { force: true }).catch(() => undefined)
    throw thrown
  }
}

/** For a process that may end at any moment. @throws the file system's own error */
export function replaceFileSync(path: string, text: string): void {
  const temporary = temporaryBeside(path)
  try {
    writeFileSync(temporary, text, { flag: 'wx' })
    renameSync(temporary, path)
  } catch (thrown) {
    rmSync(temporary, { force: true })
    throw thrown
  }
}

/**
 * Waits until the content is on the disk. A later rename does not order it, so a crash could leave an empty
 * file.
 */
export async function syncFile(file: string): Promise<void> {
  await using handle = await open(file, 'r')
  await handle.sync()
}
