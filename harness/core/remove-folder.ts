// Removes the folder of a session or cluster whose processes are gone, and what lies outside of it: a PostgreSQL that was
// killed leaves a small System V shared memory segment behind, of which a machine has only so many.
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

const postmasterFiles = ['cluster/data/postmaster.pid', '*/cluster/data/postmaster.pid']

export async function removeFolder(folder: string): Promise<void> {
  for (const file of globSync(postmasterFiles, { cwd: folder })) {
    const segment = segmentOf(readFileSync(join(folder, file), 'utf8'))
    // Where there is no ipcrm, 56 bytes stay: nothing to stop for.
    if (segment !== undefined) spawnSync('ipcrm', ['-m', segment], { stdio: 'ignore' })
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
}

/** The segment's id from a postmaster.pid: the second number of the seventh line. */
export function segmentOf(postmasterFile: string): string | undefined {
  return /^\s*\d+\s+(\d+)\s*$/.exec(postmasterFile.split('\n')[6] ?? '')?.[1]
}
