// Removes the folder of a session or cluster whose processes have ended, and the shared memory of its
// PostgreSQL: a killed PostgreSQL leaves a System V segment behind, and a machine has few of them.
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

const postmasterFiles = ['cluster/data/postmaster.pid', '*/cluster/data/postmaster.pid']

export async function removeFolder(folder: string): Promise<void> {
  for (const file of globSync(postmasterFiles, { cwd: folder })) {
    const segment = segmentOf(readFileSync(join(folder, file), 'utf8'))
    // Without ipcrm a segment of 56 bytes stays, which is no reason to stop.
    if (segment !== undefined) spawnSync('ipcrm', ['-m', segment], { stdio: 'ignore' })
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
}

/** The id of the shared memory segment by a postmaster.pid: the second number of the seventh line. */
export function segmentOf(postmasterFile: string): string | undefined {
  return /^\s*\d+\s+(\d+)\s*$/.exec(postmasterFile.split('\n')[6] ?? '')?.[1]
}
