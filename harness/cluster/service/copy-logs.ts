// Saves the logs of a cluster's services beyond the cluster's life.
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../../core/make-folder.ts'
import type { Service } from '../service.ts'

export type LogFiles = Readonly<Record<Service['name'], string>>

/** Each as `<to>/<name>.log`. */
export async function copyLogs(logFiles: LogFiles, to: string): Promise<void> {
  await makeFolder(to)
  await Promise.all(Object.entries(logFiles).map(([name, file]) => copyFile(file, join(to, `${name}.log`))))
}
