// The numbered steps of a scenario.
import { ChaosError } from '../../core/errors.ts'
import type { Step } from '../context.ts'
import type { TimelineWriter } from './timeline-writer.ts'

export interface StepsOptions {
  readonly timeline: TimelineWriter
  /** No step begins once this is aborted. */
  readonly signal: AbortSignal
  /** Called when a step begins. */
  readonly onStep: (name: string) => void
}

export class Steps {
  readonly #options: StepsOptions
  #begun = 0
  #underWay = 0

  constructor(options: StepsOptions) {
    this.#options = options
  }

  /** Adds a step to the timeline and runs its work. @throws the signal's reason if it is aborted */
  readonly step: Step = async (name, work) => {
    const { timeline, signal, onStep } = this.#options
    signal.throwIfAborted()
    this.#begun += 1
    timeline.mark({ kind: 'step', step: this.#begun, name })
    onStep(name)
    this.#underWay += 1
    try {
      return await work()
    } finally {
      this.#underWay -= 1
    }
  }

  /** @throws ChaosError `CHAOS_STEP_NOT_AWAITED` if a step is still running */
  assertAllOver(): void {
    if (this.#underWay === 0) return
    throw new ChaosError('the scenario ended before its own steps', { code: 'CHAOS_STEP_NOT_AWAITED' })
  }
}
