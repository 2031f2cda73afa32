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
  /** The fault is proven. @param number the fault's number in the run, from 1 */
  readonly onInjected: (fault: Fault, number: number) => void
}

export interface FaultLogOptions {
  readonly timeline: TimelineWriter
  readonly step: Step
  readonly hooks: FaultHooks
}

export class FaultLog {
  readonly #options: FaultLogOptions
  readonly #faults: Fault[] = []

  constructor(options: FaultLogOptions) {
    this.#options = options
  }

  /** The number of faults injected so far, which is also the number of the newest. */
  get count(): number {
    return this.#faults.length
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
      return fromOne
    })
    hooks.onInjected(fault, number)
  }

  /**
   * Heals every fault, including unproven ones. A fault that cannot be healed is an error on the timeline.
   */
  async healAll(): Promise<void> {
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
