// Waits until all files of a folder are on the disk.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFile } from '../../../core/atomic-file.ts'

/** Enough to keep a disk busy, too few to run out of file descriptors. */
const sideBySide = 16

/**
 * Syncs every file below `folder` that is still there. Otherwise the first recovery of a database just
 * unpacked pays for it: PostgreSQL syncs its whole data folder then, which took 1.2 s of an outage.
 */
export async function syncFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const queue = files.values()
  await Promise.all(
    Array.from({ length: sideBySide }, async () => {
      for (const file of queue) await syncIfThere(file)
    }),
  )
}

async function syncIfThere(file: string): Promise<void> {
  try {
    await syncFile(file)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown
  }
}
