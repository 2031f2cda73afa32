// A way to come by the binaries when they are neither given nor cached.
import type { Session } from '../../processes/session.ts'
import type { Platform } from '../../config/temporal-release.ts'
import type { Staging } from './staging.ts'

export interface WayContext {
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
   * @returns where they are from, in words
   * @throws ChaosError with the reason why this way does not work here, the signal's reason where that is
   *   aborted, and the file system's own errors
   */
  fetch(context: WayContext): Promise<string>
}
