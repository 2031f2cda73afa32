// The workloads of workflows that go on by a route. None of them declares which route is right.
import type { Workload } from 'temporal-chaos'
import { shippedKey } from '../workflows/routed.ts'
import type { Route } from './routing-activities.ts'

export const routedShipment: Workload<object, { route: Route }> = {
  workflow: 'routedShipment',
  golden: ({ workflowId }) => ({
    outcomes: [
      { status: 'completed', result: { route: 'standard' } },
      { status: 'completed', result: { route: 'express' } },
    ],
    effects: [shippedKey(workflowId)],
  }),
}

const nothing = { outcomes: [{ status: 'completed', result: undefined }], effects: [] } as const

export const routedNote: Workload<object, undefined> = { workflow: 'routedNote', golden: () => nothing }

export const routedParcels: Workload<object, undefined> = { workflow: 'routedParcels', golden: () => nothing }
