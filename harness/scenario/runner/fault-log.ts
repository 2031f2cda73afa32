// The faults of one run: the only way to inject one, and the heal of all of them at the end.
import { z } from 'zod'
import { ChaosError, UsageError } from '../../core/errors.ts'
import type { Fault } from '../../faults/fault.ts'
import { faultIdentitySchema, faultLabel } from '../../record/fault.ts'
import type { Step } from '../context.ts'
import { healAll } from './heal.ts'
import type { TimelineWriter } from './timeline-writer.ts'

export interface FaultHooks {
  /** The fault is on the timeline and will be injected next. */
  readonly onInjecting: (fault: Fault) => void
  /** The fault has shown its evidence. Resolves after a look at its target. */
  readonly onConfirmed: (fault: Fault, number: number) => Promise<void>
  /** The fault is proven. @param number the fault's number in the run, from 1 */
  readonly onInjected: (fault: Fault, number: number) => void
  /** The fault will be healed next, or the run ends. Resolves after a last look at its target. */
  readonly onHealing: (number: number) => Promise<void>
  /** Resolves once the target of a healed fault is seen to serve. */
  readonly untilBack: (fault: Fault) => Promise<void>
}

export interface FaultLogOptions {
  readonly timeline: TimelineWriter
  readonly step: Step
  readonly hooks: FaultHooks
}

export class FaultLog {
  readonly #options: FaultLogOptions
  readonly #faults: Fault[] = []
  /** Numbers of the faults whose heal has begun. */
  readonly #healing = new Set<number>()

  constructor(options: FaultLogOptions) {
    this.#options = options
  }

  /** The number of faults injected so far, which is also the number of the newest. */
  get count(): number {
    return this.#faults.length
  }

  /** Whether the heal of every fault has begun. A dead target is for whoever starts it again. */
  get isQuiet(): boolean {
    return this.#faults.every(
      ({ effect }, index) => effect === 'dead' || effect === 'stopped' || this.#healing.has(index + 1),
    )
  }

  /** The newest fault that `matches`. */
  newest(matches: (fault: Fault) => boolean): Fault | undefined {
    return this.#faults.findLast(matches)
  }

  /** @throws ChaosError `CHAOS_FAULT_UNAVAILABLE`, `CHAOS_FAULT_UNPROVEN`; UsageError if its data are wrong */
  async inject(fault: Fault): Promise<void> {
    const { timeline, step, hooks } = this.#options
    const { kind: faultKind, target, effect } = identityOf(fault)
    const label = faultLabel(fault)
    const number = await step(`inject ${label}`, async () => {
      const why = fault.available()
      if (why !== null) {
        throw new ChaosError(`${label} cannot be injected: ${why}`, {
          code: 'CHAOS_FAULT_UNAVAILABLE',
          kind: 'unmet',
        })
      }
      const fromOne = this.#faults.push(fault)
      timeline.mark({ kind: 'fault', fault: fromOne, faultKind, target, effect })
      hooks.onInjecting(fault)
      const evidence = await fault.inject()
      timeline.mark({ kind: 'fault-confirmed', fault: fromOne, evidence })
      await hooks.onConfirmed(fault, fromOne)
      return fromOne
    })
    hooks.onInjected(fault, number)
  }

  /** To be called before something heals these faults. */
  async beforeHeal(matches: (fault: Fault) => boolean): Promise<void> {
    const { timeline, hooks } = this.#options
    for (const [index, fault] of this.#faults.entries()) {
      const number = index + 1
      if (this.#healing.has(number) || !matches(fault)) continue
      this.#healing.add(number)
      await hooks.onHealing(number)
      timeline.mark({ kind: 'healing', fault: number })
    }
  }

  /**
   * Heals a fault before the end of the run, and waits until its target is seen to serve.
   * @throws UsageError `CHAOS_FAULT_NOT_INJECTED`
   */
  async heal(fault: Fault): Promise<void> {
    const { timeline, step, hooks } = this.#options
    const label = faultLabel(fault)
    if (!this.#faults.includes(fault)) {
      throw new UsageError(
        `${label} cannot be healed: it was not injected`,
        'Give `heal` the object that `inject` was given.',
        'CHAOS_FAULT_NOT_INJECTED',
      )
    }
    await step(`heal ${label}`, async () => {
      await this.beforeHeal((one) => one === fault)
      await fault.heal()
      await hooks.untilBack(fault)
      timeline.mark({ kind: 'serving', target: fault.target.name, evidence: {} })
    })
  }

  /**
   * Heals every fault, including unproven ones. A fault that cannot be healed is an error on the timeline.
   */
  async healAll(): Promise<void> {
    await this.beforeHeal(() => true).catch((thrown: unknown) => this.#options.timeline.error(thrown))
    await healAll(this.#faults, (thrown) => this.#options.timeline.error(thrown))
  }
}

function identityOf(fault: Fault) {
  const parsed = faultIdentitySchema.safeParse(fault)
  if (parsed.success) return parsed.data
  throw new UsageError(
    `the fault ${JSON.stringify(fault.kind)} is not valid: ${z.prettifyError(parsed.error)}`,
    'Give the fault a kind in kebab-case, a target of a kind and a name, and an effect.',
    'CHAOS_FAULT_INVALID',
  )
}
