// Decides when the harness probes: once for each fault, as soon as every target is up again.
import type { Probes } from '../probes.ts'

export interface ProbeRoundsOptions {
  /** Undefined if the scenario wants no probes. */
  readonly probes: Pick<Probes, 'ask' | 'finish'> | undefined
  /** The number of faults injected so far. */
  readonly faultCount: () => number
  readonly isAllUp: () => boolean
  /**
   * Called when every target is up after a fault. @param answered resolves once the probes are answered;
   * never rejects
   */
  readonly onAllUp: (answered: Promise<void>) => void
}

export class ProbeRounds {
  readonly #options: ProbeRoundsOptions
  #faultsDone = 0

  constructor(options: ProbeRoundsOptions) {
    this.#options = options
  }

  /** Call it when a target is up again. */
  onHealed(): void {
    const { probes, faultCount, isAllUp, onAllUp } = this.#options
    const newest = faultCount()
    if (newest === this.#faultsDone || !isAllUp()) return
    this.#faultsDone = newest
    onAllUp(probes === undefined ? Promise.resolve() : probes.ask(newest))
  }

  /** Waits for all answers. @throws ChaosError `CHAOS_PROBE_UNANSWERED` (kind unmet) */
  async finish(): Promise<void> {
    await this.#options.probes?.finish()
  }
}
