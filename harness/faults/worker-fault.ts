// What the faults of workers have in common.
import type { Incarnation } from '../worker/worker.ts'
import { faultCatalogue, type BuiltInFaultKind } from './catalogue.ts'

export function faultOfWorker({ identity, life }: Incarnation, kind: BuiltInFaultKind) {
  return {
    kind,
    target: { kind: 'worker', name: identity },
    effect: faultCatalogue[kind].effect,
    available: () => (life.exit === null ? null : `${identity} is not running`),
  } as const
}
