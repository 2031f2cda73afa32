// What the services of one cluster share: where their files lie, who is told, and when all waiting ends.
import type { Exit, Session } from '../../../processes/session.ts'
import type { LogFiles } from '../../service/copy-logs.ts'
import type { Service } from '../../service.ts'

export type ServiceName = Service['name']

export interface ProcessEnvironment {
  readonly session: Session
  /** Holds everything of this cluster. */
  readonly folder: string
  readonly logFiles: LogFiles
  /** Aborted when the cluster ends, and while it is being made when its maker gives up. */
  readonly signal: AbortSignal
  readonly onProgress: (text: string) => void
  /** Told of an exit that the harness did not cause. */
  readonly died: (name: ServiceName, exit: Exit) => void
}
