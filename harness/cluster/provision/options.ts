// What provisioning needs from its caller.
import type { Config } from '../../config/config.ts'
import type { Session } from '../../processes/session.ts'

export interface ProvisionOptions {
  readonly config: Pick<Config, 'temporalServer' | 'temporalSqlTool' | 'temporalMirror'>
  /** Builds run in it, so that they end whenever the harness ends. */
  readonly session: Session
  readonly env: NodeJS.ProcessEnv
  /** Ends provisioning at once; nothing half-made is left behind. */
  readonly signal: AbortSignal
  /** Called about once a second with what is happening, and for how long. */
  readonly onProgress: (text: string) => void
}
