// An activity whose answer depends on which incarnation of the worker it runs in, as one does that reads a cache, an
// environment variable or a file of its machine.
import type { LedgerAccess } from '../../fixtures/activities.ts'

export type Route = 'standard' | 'express'

export interface RoutingActivities {
  routeByIncarnation(): Promise<Route>
}

export function createRoutingActivities({ incarnation }: LedgerAccess): RoutingActivities {
  return { routeByIncarnation: async () => (incarnation === 1 ? 'standard' : 'express') }
}
