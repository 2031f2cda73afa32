// The logs of a cluster's services, kept beyond the cluster's life.
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Service } from '../service.ts'

export type LogFiles = Readonly<Record<Service['name'], string>>

/** Each as `<to>/<name>.log`. */
export async function copyLogs(logFiles: LogFiles, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  await Promise.all(Object.entries(logFiles).map(([name, file]) => copyFile(file, join(to, `${name}.log`))))
}
