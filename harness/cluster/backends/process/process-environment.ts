// What the services of one cluster share: their folder, the listeners for exits, and the end of all waiting.
import type { Exit, Session } from '../../../processes/session.ts'
import type { LogFiles } from '../../service/copy-logs.ts'
import type { Service } from '../../service.ts'

export type ServiceName = Service['name']

export interface ProcessEnvironment {
  readonly session: Session
  /** The folder of all files of this cluster. */
  readonly folder: string
  readonly logFiles: LogFiles
  /** Aborted when the cluster ends, or when its creator gives up during the start-up. */
  readonly signal: AbortSignal
  readonly onProgress: (text: string) => void
  /** Called for an exit that the harness did not cause. */
  readonly died: (name: ServiceName, exit: Exit) => void
}
