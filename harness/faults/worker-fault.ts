// What the faults of workers have in common.
import type { FaultEffect } from '../record/fault.ts'
import type { Incarnation } from '../worker/worker.ts'

export function faultOfWorker({ identity, life }: Incarnation, kind: string, effect: FaultEffect) {
  return {
    kind,
    target: { kind: 'worker', name: identity },
    effect,
    available: () => (life.exit === null ? null : `${identity} is not running`),
  } as const
}
