// What the harness watches the CPU and memory of.

/** As whoever runs it counts it. */
export interface Usage {
  /** Of CPU, since its start. */
  readonly cpuMs: number
  readonly memoryBytes: number
}

/** A process with all that is below it, unless that is watched by itself; or something that tells by itself what it uses. */
export type Watched =
  | { readonly name: string; readonly pid: number }
  | {
      readonly name: string
      /** Tells one life of it from the next. */
      readonly id: string
      /** Undefined where it has ended meanwhile. */
      usage(): Promise<Usage | undefined>
    }
