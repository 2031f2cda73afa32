// What the service itself says of the run's workflows at the end: each run as it is described, the newest run of each
// id, and all that visibility lists. A run that no history tells of shows here too.
import { setTimeout as delay } from 'node:timers/promises'
import type { WorkflowRun } from '../history/workflow-run.ts'
import { describeExecution, listExecutions, type Execution } from '../temporal/executions.ts'
import { always, type Observation, type ObservationContext } from './observation.ts'

/** As long as visibility may lag behind. What it lists then is what the record says. */
const withinMs = 10_000
const askEveryMs = 100
/** Further ids are not looked up, so that a run with thousands of children comes to its end. */
export const mostIds = 100

export const executions: Observation = {
  kind: 'execution',
  available: always,
  async observe(context) {
    const { recorder, clock, histories, observer, deadline } = context
    const ids = [...new Set(histories.map(({ run }) => run.workflowId))].slice(0, mostIds)
    if (ids.length === 0) return
    const runs = histories.map(({ run }) => run).filter(({ workflowId }) => ids.includes(workflowId))
    const fromMs = clock.nowMs()
    const described = new Map<string, Execution>()
    for (const run of [...runs, ...ids.map((workflowId) => ({ workflowId }))]) {
      const found = await describeExecution(observer, run, deadline)
      if (found !== undefined) described.set(found.runId, found)
    }
    const listed = await untilListed(context, described)
    for (const one of described.values()) recorder.observe({ kind: 'execution', source: 'describe', ...one })
    for (const one of listed) recorder.observe({ kind: 'execution', source: 'list', ...one })
    recorder.observe({ kind: 'visibility', tookMs: clock.nowMs() - fromMs, withinMs })
  },
}

/** Lists them until the list agrees with the descriptions, which are made again if it does not. @returns the last list */
async function untilListed(
  { observer, deadline }: ObservationContext,
  described: Map<string, Execution>,
): Promise<Execution[]> {
  const patience = deadline.within(withinMs)
  const ids = [...new Set([...described.values()].map(({ workflowId }) => workflowId))]
  for (;;) {
    const listed = await listExecutions(observer, ids, deadline)
    const statuses = new Map(listed.map(({ runId, status }) => [runId, status]))
    const differing = [...described.values()].filter(({ runId, status }) => statuses.get(runId) !== status)
    if (differing.length === 0 || patience.remainingMs === 0) return listed
    await delay(askEveryMs)
    for (const { workflowId, runId } of differing satisfies WorkflowRun[]) {
      const now = await describeExecution(observer, { workflowId, runId }, deadline)
      if (now !== undefined) described.set(runId, now)
    }
  }
}
