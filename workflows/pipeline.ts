// A workflow with many open things at once, over a chain of runs: activities, child workflows and a timer
// loop. A worker that dies leaves several obligations at the same time.
import {
  condition,
  continueAsNew,
  defineQuery,
  executeChild,
  proxyActivities,
  setHandler,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow'
import type { ExpectedEffect } from 'temporal-chaos'
import type { Activities, EffectReceipt } from './activities.ts'
import { inspectedKey, pipelineItem, pipelineItemId, type PipelineItemInput } from './pipeline-item.ts'
import { withTimeToWork } from './time-to-work.ts'

export interface PipelineInput {
  readonly items: number
  /** The workflow continues as new after this many items. */
  readonly itemsPerRun: number
  /** Period of the timer loop. The service fires no timer within less than a second. @default 1_000 */
  readonly tickMs?: number
  /** How long the work on an item takes before its first effect. @default 500 */
  readonly workMs?: number
  /** One of this many items also goes to a child workflow. @default 2 */
  readonly childEvery?: number
  /** The profile's activity options. */
  readonly activity: ActivityOptions
  /** The progress that a run hands to the next. */
  readonly carried?: PipelineProgress
}

export interface PipelineProgress {
  readonly items: number
  /** The number of effects of all runs and children so far. */
  readonly effects: number
  /** The number of rounds of the timer loop, which differs between executions. */
  readonly ticks: number
}

export type PipelineResult = Pick<PipelineProgress, 'items' | 'effects'>

const defaults = { tickMs: 1_000, workMs: 500, childEvery: 2 }

export const pipelineProgress = defineQuery<PipelineProgress>('progress')

export async function pipeline(input: PipelineInput): Promise<PipelineResult> {
  const { activity, carried = { items: 0, effects: 0, ticks: 0 } } = input
  const { tickMs, workMs, childEvery } = { ...defaults, ...input }
  const { recordEffect } = proxyActivities<Activities>(activity)
  const { slowEffect } = proxyActivities<Activities>(withTimeToWork(activity, workMs))
  const { workflowId, taskTimeoutMs } = workflowInfo()
  const last = Math.min(input.items, carried.items + input.itemsPerRun)
  let { items, effects, ticks } = carried
  let isWorking = true
  setHandler(pipelineProgress, () => ({ items, effects, ticks }))

  async function work(): Promise<void> {
    try {
      while (items < last) {
        effects += await workOn(items + 1)
        items += 1
      }
    } finally {
      isWorking = false
    }
  }

  /** @returns the number of effects of the item */
  async function workOn(item: number): Promise<number> {
    const [picked, billed, shipped] = itemKeys(workflowId, item)
    const sideBySide = await Promise.all([
      slowEffect({ key: picked, ms: workMs }),
      slowEffect({ key: billed, ms: workMs }),
      ...(item % childEvery === 0 ? [inspect(item)] : []),
    ])
    await recordEffect({ key: shipped })
    return sideBySide.length + 1
  }

  function inspect(item: number): Promise<EffectReceipt> {
    const child: PipelineItemInput = { workMs, activity }
    return executeChild(pipelineItem, {
      workflowId: pipelineItemId(workflowId, item),
      args: [child],
      // A child does not inherit this timeout.
      workflowTaskTimeout: taskTimeoutMs,
    })
  }

  /** The timer is cancelled when the work ends, so that nothing is open when the run closes. */
  async function tick(): Promise<void> {
    while (!(await condition(() => !isWorking, tickMs))) ticks += 1
  }

  await Promise.all([work(), tick()])
  if (items < input.items)
    await continueAsNew<typeof pipeline>({ ...input, carried: { items, effects, ticks } })
  return { items, effects }
}

/** All effects of a pipeline and its children. An item is shipped after all else that is done with it. */
export function pipelineEffects(
  workflowId: string,
  { items, childEvery = defaults.childEvery }: Pick<PipelineInput, 'items' | 'childEvery'>,
): ExpectedEffect[] {
  return Array.from({ length: items }, (_, at) => at + 1).flatMap((item) => {
    const [picked, billed, shipped] = itemKeys(workflowId, item)
    const ofChild = item % childEvery === 0 ? [inspectedKey(pipelineItemId(workflowId, item))] : []
    const sideBySide = [picked, billed, ...ofChild]
    const previous = item === 1 ? [] : [itemKeys(workflowId, item - 1)[2]]
    return [
      ...sideBySide.map((key) => ({ key, payload: null, after: previous })),
      { key: shipped, payload: null, after: sideBySide },
    ]
  })
}

/** In the order of the effects: two concurrently, then one. Items count from 1. */
function itemKeys(workflowId: string, item: number): [picked: string, billed: string, shipped: string] {
  const prefix = `${workflowId}/item-${item}`
  return [`${prefix}/picked`, `${prefix}/billed`, `${prefix}/shipped`]
}
