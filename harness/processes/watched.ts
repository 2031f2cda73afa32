// The things whose CPU and memory the harness watches.

/** As its operating system or engine counts it. */
export interface Usage {
  /** CPU time since its start. */
  readonly cpuMs: number
  readonly memoryBytes: number
}

/** A process and its descendants that are not watched themselves, or a source that counts its own usage. */
export type Watched =
  | { readonly name: string; readonly pid: number }
  | {
      readonly name: string
      /** Differs between two lives of it. */
      readonly id: string
      /** Undefined if it has ended meanwhile. */
      usage(): Promise<Usage | undefined>
    }
