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
  /** What is left of it now: its main process and all that came from it, wherever that went. */
  look(): Promise<ProcessesSeen>
  /** To all of it that lives. */
  signal(signal: NodeJS.Signals): Promise<void>
  /**
   * SIGKILL to all of it, also if its main process has ended. @returns the proof
   * @throws ChaosError `CHAOS_FAULT_UNPROVEN` if something is left
   */
  kill(): Promise<Evidence>
  /**
   * Freezes all of it. @returns the proof
   * @throws ChaosError `CHAOS_FAULT_UNPROVEN` if none was seen in time
   */
  pause(): Promise<Evidence>
  /** Ends the freeze. */
  resume(): Promise<void>
  /** How it ended, seen from outside. Only once it has. */
  endEvidence(): Promise<Evidence>
  /** Of a worker that the harness did not start. @default null */
  readonly attached: Attached | null
  /** The run is over. Ends what the harness started; what it is attached to runs again if it was frozen, and goes on. */
  release(): Promise<void>
}

export interface Attached {
  /** It is the one that the run begins with: until it polls, it may still end and come again. */
  readonly wasRunning: boolean
  /** When it was started, by the clock of this machine; not after that instant. */
  readonly startedWallMs: number
}

/** As the kernel or the container engine shows it. */
export interface ProcessesSeen {
  readonly alive: number
  /** Those of the living that are stopped. */
  readonly stopped: number
  readonly pids: readonly number[]
}

/** A program that is a worker. */
export interface WorkerProgram {
  /** The command of a process; a container's image brings its own. */
  readonly file: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** @default the working directory of the harness */
  readonly cwd?: string
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
