// How many files a process may have open. With too few, a server does not come up and its log does not say why.
import { existsSync, readFileSync } from 'node:fs'
import { ChaosError } from './errors.ts'

/** With 256 a run passes, with 64 the server does not come up. */
export const leastOpenFiles = 256

export const openFilesHint = `Raise the limit: "ulimit -n 1024", or LimitNOFILE of a service.`

/** The limit of this process, which its children inherit; undefined if there is none, or none to see. */
export function openFilesLimit(): number | undefined {
  const file = '/proc/self/limits'
  if (!existsSync(file)) return undefined
  const limit = /^Max open files +(\d+)/m.exec(readFileSync(file, 'utf8'))?.[1]
  return limit === undefined ? undefined : Number(limit)
}

/** @throws ChaosError `CHAOS_OPEN_FILES` if a cluster cannot start with so few */
export function assertOpenFiles(limit = openFilesLimit()): void {
  if (limit === undefined || limit >= leastOpenFiles) return
  throw new ChaosError(`only ${limit} files may be open at once, but a cluster takes ${leastOpenFiles}`, {
    code: 'CHAOS_OPEN_FILES',
    hint: openFilesHint,
  })
}
