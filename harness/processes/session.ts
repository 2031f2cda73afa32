// A session is one life of the harness: a mark that every process it starts carries, a temporary folder, a
// guard.
import type { ResultPromise } from 'execa'
import type { ProcessId } from './process-row.ts'

/** How a process ended; `atMs` is on the process-wide monotonic clock (see clock.ts). */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly atMs: number
}

export interface SpawnOptions {
  readonly cwd?: string
  /**
   * Added to the few variables that every child gets; nothing else of the harness's environment is inherited.
   */
  readonly env?: Readonly<Record<string, string>>
  /** Run as this user (the harness must be root). */
  readonly user?: { readonly uid: number; readonly gid: number }
  /** stdout and stderr are appended to this file, by file descriptor; without it they are piped. */
  readonly logFile?: string
  /** stderr is appended to this file instead. @default that of stdout */
  readonly errorFile?: string
  /** Open an IPC channel (Node children only). */
  readonly ipc?: boolean
}

/** A child in a process group of its own, known to the guard from its first instant. */
export interface Spawned {
  readonly pid: number
  /** Null while it runs. */
  readonly exit: Exit | null
  /** Resolves when it has exited; never rejects. */
  readonly exited: Promise<Exit>
  /** To the whole group. Does nothing once the leader has exited. */
  signal(signal: NodeJS.Signals): void
  readonly subprocess: ResultPromise
}

export interface Session extends AsyncDisposable {
  readonly id: string
  /** Temporary folder of this session; removed with it, by the guard if the harness cannot. */
  readonly folder: string
  /** @throws ChaosError `CHAOS_SPAWN_FAILED` if the program cannot be started */
  spawn(file: string, args: readonly string[], options?: SpawnOptions): Promise<Spawned>
  /**
   * To be said before a process that is not the session's is frozen: if the harness dies, its guard resumes the process and
   * all below it. @returns to be called once it runs again, or is gone
   * @throws ChaosError `CHAOS_GUARD_LOST`
   */
  holdFrozen(target: ProcessId): () => void
}
