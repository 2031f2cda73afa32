// The process of one incarnation of a worker, and the host that it runs on.
import type { Evidence } from '../record/evidence.ts'
import type { Exit } from '../processes/session.ts'
import type { Watched } from '../processes/watched.ts'

export interface WorkerProcess {
  /** Of its main process, as this machine counts it. */
  readonly pid: number
  /** Null while it runs. */
  readonly exit: Exit | null
  /** Resolves when it has ended; never rejects. */
  readonly exited: Promise<Exit>
  /** Resolves once its log is whole and nothing of it is left; never before `exited`. */
  readonly closed: Promise<void>
  /** What watches it, by this name. */
  watched(name: string): Watched
  /** Does nothing once it has ended. */
  signal(signal: NodeJS.Signals): Promise<void>
  /**
   * Freezes all of it. @returns the proof
   * @throws ChaosError `CHAOS_FAULT_UNPROVEN` (kind assumption) where none was seen in time
   */
  pause(): Promise<Evidence>
  /** Ends the freeze. */
  resume(): Promise<void>
  /** How it ended, seen from outside. Only once it has. */
  endEvidence(): Promise<Evidence>
}

/** A program that is a worker. */
export interface WorkerProgram {
  /** The command of a process; a container's image brings its own. */
  readonly file: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Files of this machine that the program reads, by the variable that names each. The host brings them along. */
  readonly files: Readonly<Record<string, string>>
}

/** Where workers run: what can be done to their processes, and what can be proven. */
export interface WorkerHost {
  /** The address of this machine as workers here reach it. */
  readonly harnessAddress: string
  /** What this machine has to listen on for that. */
  readonly listenOn: string
  /** Address of the Temporal frontend as workers here reach it. */
  readonly temporalAddress: string
  /**
   * Starts the program. @param logFile what it prints goes there, once it has ended at the latest
   * @throws ChaosError `CHAOS_SPAWN_FAILED`, `CHAOS_IMAGE_UNFIT`, `CHAOS_ENGINE_FAILED`, …
   */
  start(program: WorkerProgram, logFile: string): Promise<WorkerProcess>
}
