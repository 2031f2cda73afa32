// A workflow that closes as soon as it is told to, whatever its update handlers are still doing.
import { condition, continueAsNew, defineSignal, defineUpdate, setHandler, sleep } from '@temporalio/workflow'

export interface ImpatientInput {
  /** How the first run ends. */
  readonly ends: 'completed' | 'continued-as-new'
  readonly isSecondRun?: boolean
}

export const hurry = defineSignal('hurry')
/** Takes longer than the workflow has patience. */
export const slowAmend = defineUpdate<string>('slowAmend')

export async function impatientApproval(input: ImpatientInput): Promise<string> {
  let isLeaving = input.isSecondRun === true
  setHandler(hurry, () => void (isLeaving = true))
  setHandler(slowAmend, async () => {
    await sleep(30_000)
    return 'amended'
  })
  await condition(() => isLeaving)
  if (input.ends === 'continued-as-new' && input.isSecondRun !== true)
    await continueAsNew<typeof impatientApproval>({ ...input, isSecondRun: true })
  return 'closed'
}
