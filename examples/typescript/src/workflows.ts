import { condition, defineQuery, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow'
import type * as activities from './activities'
import type { Approval, Order } from './shared'

const { charge, refund, ship } = proxyActivities<typeof activities>({ startToCloseTimeout: '10 s' })

export const approve = defineSignal<[Approval]>('approve')
export const status = defineQuery<string>('status')

export async function OrderWorkflow(order: Order): Promise<{ status: string; approvedBy?: string }> {
  let current = 'charging'
  let approval: Approval | undefined
  setHandler(approve, (given) => void (approval ??= given))
  setHandler(status, () => current)

  await charge(order)
  current = 'waiting for approval'
  if (!(await condition(() => approval !== undefined, order.approveWithinMs))) {
    current = 'refunding'
    await refund(order)
    return { status: (current = 'refunded') }
  }
  current = 'shipping'
  await ship(order)
  return { status: (current = 'shipped'), approvedBy: approval?.by }
}
