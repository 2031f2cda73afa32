// A workflow that only waits for messages: no timer, no activity, no child.
import { condition, defineSignal, setHandler } from '@temporalio/workflow'

export const wake = defineSignal('wake')

export async function idleWorkflow(): Promise<string> {
  let isAwake = false
  setHandler(wake, () => void (isAwake = true))
  await condition(() => isAwake)
  return 'awake'
}
