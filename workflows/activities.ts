// The interface of the activities. It has types only, because workflow code must not load an activity's
// implementation.

export interface EffectInput {
  /** Names the effect, not the attempt: a retried activity sends the same key. */
  readonly key: string
  readonly payload?: unknown
}

/** The ledger's answer to an attempted effect that is new, or that it has accepted before. */
export interface EffectReceipt {
  readonly key: string
  readonly outcome: 'new' | 'repeat'
}

export interface SlowEffectInput extends EffectInput {
  /** How long the activity works before its effect. */
  readonly ms: number
}

export interface CountInput {
  /** The key of the one effect at the end. */
  readonly key: string
  readonly steps: number
  readonly stepMs: number
}

/**
 * The progress that an attempt leaves in its heartbeats for the next one. At the end it is the effect's
 * payload.
 */
export interface CountProgress {
  readonly finished: number
  /** For each attempt known to the service, the number of steps that were already finished. */
  readonly beganAt: readonly number[]
}

export interface Activities {
  /** Changes the outside world once per key, however often it is attempted. */
  recordEffect(input: EffectInput): Promise<EffectReceipt>
  /**
   * Works for a while with heartbeats, then acts like `recordEffect`. A new attempt starts from the
   * beginning.
   */
  slowEffect(input: SlowEffectInput): Promise<EffectReceipt>
  /**
   * Counts steps with a heartbeat after each, then acts like `recordEffect`. A new attempt continues at the
   * last heartbeat.
   */
  countSteps(input: CountInput): Promise<EffectReceipt>
}
