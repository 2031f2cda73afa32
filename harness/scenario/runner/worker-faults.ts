// The run's reactions to faults of its workers, built-in or not.
import type { Fault } from '../../faults/fault.ts'
import type { Incarnation } from '../../worker/incarnation.ts'
import type { Worker } from '../../worker/worker.ts'
import type { FaultHooks } from './fault-log.ts'

type FaultTarget = Pick<Worker, 'incarnationOf' | 'markExitExpected'>

export interface WorkerFaultOptions<Target extends FaultTarget> {
  /** All workers of the run. */
  readonly workers: readonly Target[]
  /** The worker died by the fault with this number. */
  readonly onDeath: (worker: Target, faultIndex: number) => void
}

export function workerFaultHooks<Target extends FaultTarget>({
  workers,
  onDeath,
}: WorkerFaultOptions<Target>): Pick<FaultHooks, 'onInjecting' | 'onInjected'> {
  return {
    onInjecting(fault) {
      if (!endsIt(fault)) return
      for (const worker of workers) {
        const incarnation = incarnationOf(worker, fault)
        if (incarnation !== undefined) worker.markExitExpected(incarnation)
      }
    },
    onInjected(fault, number) {
      if (fault.effect !== 'dead') return
      for (const worker of workers) if (incarnationOf(worker, fault) !== undefined) onDeath(worker, number)
    },
  }
}

/** The incarnation of this worker that the fault hits; undefined if it hits something else. */
export function incarnationOf(
  worker: Pick<Worker, 'incarnationOf'>,
  { target }: Fault,
): Incarnation | undefined {
  return target.kind === 'worker' ? worker.incarnationOf(target.name) : undefined
}

function endsIt({ effect }: Fault): boolean {
  return effect === 'dead' || effect === 'stopped'
}
