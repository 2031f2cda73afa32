// Puts a folder that was just written onto the disk, file by file.
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Enough to keep a disk busy, too few to run out of file descriptors. */
const sideBySide = 16

/**
 * Syncs every file below `folder`; what vanishes meanwhile needs none. A database that was unpacked a moment ago would
 * else pay for it at its first recovery: PostgreSQL syncs its whole data folder then, which took 1.2 s of an outage.
 */
export async function syncFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const queue = files.values()
  await Promise.all(
    Array.from({ length: sideBySide }, async () => {
      for (const file of queue) await syncFile(file)
    }),
  )
}

async function syncFile(file: string): Promise<void> {
  try {
    await using handle = await open(file)
    await handle.sync()
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown
  }
}
