// What the workflows ask of their activities. Types only: workflow code must not load an activity's implementation.

export interface EffectInput {
  /** Names the effect, not the attempt: an activity that runs again sends the same key. */
  readonly key: string
  readonly payload?: unknown
}

/** What the ledger said of an attempted effect. */
export interface EffectReceipt {
  readonly key: string
  readonly outcome: 'new' | 'repeat'
}

export interface SlowEffectInput extends EffectInput {
  /** How long it works before it acts. */
  readonly ms: number
}

export interface CountInput {
  /** Of the one effect that it ends with. */
  readonly key: string
  readonly steps: number
  readonly stepMs: number
}

/** What an attempt leaves for the next one in its heartbeats; in the end it is the effect's payload. */
export interface CountProgress {
  readonly finished: number
  /** For each attempt that the service heard of, how many steps it found finished. */
  readonly beganAt: readonly number[]
}

export interface Activities {
  /** Acts on the outside world once per key, however often it is attempted. */
  recordEffect(input: EffectInput): Promise<EffectReceipt>
  /** Works for a while, heartbeating, then acts as `recordEffect` does. A new attempt works from the start. */
  slowEffect(input: SlowEffectInput): Promise<EffectReceipt>
  /** Counts step by step, heartbeating each, then acts as `recordEffect` does. A new attempt goes on where the last was. */
  countSteps(input: CountInput): Promise<EffectReceipt>
}
