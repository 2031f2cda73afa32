// Where the binaries come from if the user has none and the cache has none.
import type { Session } from '../../processes/session.ts'
import type { Platform } from '../../config/temporal-release.ts'
import type { Staging } from './staging.ts'

export interface BinarySourceContext {
  readonly platform: Platform
  readonly mirror: string
  readonly staging: Pick<Staging, 'work' | 'outputDir'>
  readonly session: Session
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  readonly onProgress: (text: string) => void
}

export interface BinarySource {
  /** As it reads in "download: the host does not resolve". */
  readonly name: 'download' | 'build'
  /**
   * Leaves both binaries in `staging.outputDir`.
   * @returns where they are from, for people
   * @throws ChaosError with the reason why this source does not work here; the signal's reason if that is
   *   aborted; the file system's own errors
   */
  fetch(context: BinarySourceContext): Promise<string>
}
