// An image of ours: a Dockerfile in a folder beside this file, and the files that are put beside it before
// the build.
import type Dockerode from 'dockerode'
import type { Session } from '../../harness/processes/session.ts'

/** Everything that a build needs around it. */
export interface Site {
  readonly session: Session
  readonly docker: Dockerode
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  /** Called about once a second with what is happening, and for how long. */
  readonly onProgress: (text: string) => void
}

export interface Image {
  /** Its name on the command line and its folder's name. */
  readonly key: string
  readonly name: string
  /** Further names for the same image. */
  readonly aliases: readonly string[]
  /** True if it needs the PostgreSQL of our base, so that no other base will do. */
  readonly needsPostgres: boolean
  /** Files outside of its folder, relative to the checkout, that it is made from. */
  readonly files: readonly string[]
  /** Versions of what is fetched for it, and how it is built, if no file of it says so. */
  readonly versions: readonly string[]
  /** Puts into the build's context what the Dockerfile copies from outside of its folder. */
  fill(site: Site, context: string): Promise<void>
}
