// What provisioning is given by those who ask for it.
import type { Config } from '../../config/config.ts'
import type { Session } from '../../processes/session.ts'

export interface ProvisionOptions {
  readonly config: Pick<Config, 'temporalServer' | 'temporalSqlTool' | 'temporalMirror'>
  /** Builds run in it, so that they end with the harness whatever ends the harness. */
  readonly session: Session
  readonly env: NodeJS.ProcessEnv
  /** Ends any of it at once and leaves nothing half-made behind. */
  readonly signal: AbortSignal
  /** Told about once a second what is happening, and for how long. */
  readonly onProgress: (text: string) => void
}
