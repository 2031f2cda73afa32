// Every built-in fault: what it does, how it is healed, and which clusters allow it.
import { capabilitiesOfBackend } from '../cluster/capabilities.ts'
import { backendNames, type BackendName, type Capability } from '../config/backends.ts'
import type { FaultEffect, TargetKind } from '../record/fault.ts'

export interface BuiltInFault {
  readonly target: TargetKind
  readonly effect: FaultEffect
  /** One sentence. */
  readonly does: string
  readonly healedBy: string
  /** What the cluster must be able to do. @default nothing beyond what every cluster can */
  readonly needs?: Capability
}

export const faultCatalogue = {
  'kill-worker': {
    target: 'worker',
    effect: 'dead',
    does: 'SIGKILL to the worker and all that it started: it ends at once and tells nobody.',
    healedBy: 'nothing: the scenario starts the next incarnation',
  },
  'terminate-worker': {
    target: 'worker',
    effect: 'stopped',
    does: 'SIGTERM to the worker: it may finish what it has, then it leaves; SIGKILL if it takes too long.',
    healedBy: 'nothing: the scenario starts the next incarnation',
  },
  'pause-worker': {
    target: 'worker',
    effect: 'frozen',
    does: 'SIGSTOP to the worker and all that it started: it keeps its connections and its tasks, and does nothing.',
    healedBy: 'SIGCONT',
  },
  'kill-service': {
    target: 'service',
    effect: 'dead',
    does: 'SIGKILL to every process of the service at once.',
    healedBy: 'a new start on the same ports and data',
    needs: 'services',
  },
  'stop-service': {
    target: 'service',
    effect: 'stopped',
    does: 'A clean stop of the service; SIGKILL if it takes too long.',
    healedBy: 'a new start on the same ports and data',
    needs: 'services',
  },
  'pause-service': {
    target: 'service',
    effect: 'frozen',
    does: 'Every process of the service stands still; its connections stay open.',
    healedBy: 'the end of the freeze',
    needs: 'services',
  },
  'disconnect-service': {
    target: 'service',
    effect: 'cut',
    does: 'The service is taken off its network, and goes on running.',
    healedBy: 'putting it back on the network',
    needs: 'disconnect',
  },
} as const satisfies Readonly<Record<string, BuiltInFault>>

export type BuiltInFaultKind = keyof typeof faultCatalogue

/** The built-in faults, in the order of the catalogue. */
export function builtInFaults(): readonly (BuiltInFault & { readonly kind: string })[] {
  return Object.entries<BuiltInFault>(faultCatalogue).map(([kind, fault]) => ({ kind, ...fault }))
}

/** The backends whose clusters allow it. */
export function backendsFor({ needs }: Pick<BuiltInFault, 'needs'>): readonly BackendName[] {
  return backendNames.filter((name) => needs === undefined || capabilitiesOfBackend(name)[needs] === null)
}
