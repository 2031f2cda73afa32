// What an image of ours is: a Dockerfile in a folder beside this file, and what has to be laid beside it before the build.
import type { Session } from '../../harness/processes/session.ts'

/** What building happens in. */
export interface Site {
  readonly session: Session
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  /** Told about once a second what is happening, and for how long. */
  readonly onProgress: (text: string) => void
}

export interface Image {
  /** As it is called on the command line; its folder has the same name. */
  readonly key: string
  readonly name: string
  /** Further names for the same image. */
  readonly aliases: readonly string[]
  /** Whether it stands on the PostgreSQL of our base, so that no other base will do. */
  readonly needsPostgres: boolean
  /** Files outside of its folder, relative to the checkout, that it is made from. */
  readonly files: readonly string[]
  /** Versions of what is fetched for it, and how it is built, where no file of it says so. */
  readonly versions: readonly string[]
  /** Lays into the build's context what the Dockerfile copies and is not in its folder. */
  fill(site: Site, context: string): Promise<void>
}
