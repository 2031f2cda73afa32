// Workflows that ask for a route after a sleep, and go on by it. Each replays, whatever the answer was.
import {
  executeChild,
  proxyActivities,
  sleep,
  upsertMemo,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow'
import type { Activities } from '../../workflows/activities.ts'
import type { Route, RoutingActivities } from '../shared/routing-activities.ts'

export interface RoutedInput {
  /** The profile's activity options. */
  readonly activity: ActivityOptions
}

async function routeAfterSleep(activity: ActivityOptions): Promise<Route> {
  await sleep(2_000)
  return proxyActivities<RoutingActivities>(activity).routeByIncarnation()
}

export function shippedKey(workflowId: string): string {
  return `${workflowId}/shipped`
}

export async function routedShipment({ activity }: RoutedInput): Promise<{ route: Route }> {
  const route = await routeAfterSleep(activity)
  const { recordEffect } = proxyActivities<Activities>(activity)
  await recordEffect({ key: shippedKey(workflowInfo().workflowId), payload: { route } })
  return { route }
}

export async function routedNote({ activity }: RoutedInput): Promise<void> {
  upsertMemo({ route: await routeAfterSleep(activity) })
}

export async function routedParcels({ activity }: RoutedInput): Promise<void> {
  const route = await routeAfterSleep(activity)
  const parcels = route === 'standard' ? ['first', 'second'] : ['first']
  const { workflowId } = workflowInfo()
  for (const parcel of parcels) await executeChild(routedParcel, { workflowId: `${workflowId}-${parcel}` })
}

export async function routedParcel(): Promise<void> {}
