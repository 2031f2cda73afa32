// What the workflows ask of their activities. Types only: workflow code must not load an activity's implementation.

export interface EffectInput {
  /** Names the effect, not the attempt: an activity that runs again sends the same key. */
  readonly key: string
  readonly payload?: unknown
}

/** What the world said of an attempted effect. */
export interface EffectReceipt {
  readonly key: string
  readonly outcome: 'new' | 'repeat'
}

export interface Activities {
  /** Acts on the outside world once per key, however often it is attempted. */
  recordEffect(input: EffectInput): Promise<EffectReceipt>
}
