// The run's reactions to faults of its worker, built-in or not.
import type { Fault } from '../../faults/fault.ts'
import type { Incarnation } from '../../worker/incarnation.ts'
import type { Worker } from '../../worker/worker.ts'
import type { FaultHooks } from './fault-log.ts'

export interface WorkerFaultOptions {
  readonly worker: Pick<Worker, 'incarnationOf' | 'markExitExpected'>
  /** The worker died by the fault with this number. */
  readonly onDeath: (faultIndex: number) => void
}

export function workerFaultHooks({ worker, onDeath }: WorkerFaultOptions): FaultHooks {
  return {
    onInjecting(fault) {
      const incarnation = incarnationOf(worker, fault)
      if (incarnation !== undefined && endsIt(fault)) worker.markExitExpected(incarnation)
    },
    onInjected(fault, number) {
      if (fault.effect === 'dead' && incarnationOf(worker, fault) !== undefined) onDeath(number)
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
