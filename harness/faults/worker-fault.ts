// What the faults of workers have in common.
import type { Incarnation } from '../worker/incarnation.ts'
import { faultCatalogue, type BuiltInFaultKind } from './catalogue.ts'

export function faultOfWorker({ label, process }: Incarnation, kind: BuiltInFaultKind) {
  return {
    kind,
    target: { kind: 'worker', name: label },
    effect: faultCatalogue[kind].effect,
    available: () => (process.exit === null ? null : `${label} is not running`),
  } as const
}
