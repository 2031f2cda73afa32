// An activity whose answer depends on the worker's incarnation, as if it read a cache or a file of its
// machine.
import type { LedgerAccess } from '../../fixtures/activities.ts'

export type Route = 'standard' | 'express'

export interface RoutingActivities {
  routeByIncarnation(): Promise<Route>
}

export function createRoutingActivities({ incarnation }: LedgerAccess): RoutingActivities {
  return { routeByIncarnation: async () => (incarnation === 1 ? 'standard' : 'express') }
}
