import { expect, test } from 'vitest'
import { MemoryTimeline } from '../../../test/support/memory-timeline.ts'
import { event } from '../../../test/support/stored-record.ts'
import { Deadline } from '../../core/deadline.ts'
import type { HistoryEvent } from '../../history/event.ts'
import type { WorkflowRun } from '../../history/workflow-run.ts'
import { HistoryCapture } from '../../temporal/history-capture.ts'
import { outlivingChildren, untilOutlivingClosed } from './outliving-children.ts'

const parent = { workflowId: 'w', runId: 'r' }
const child = { workflowId: 'w-child', runId: 'c' }
const next = { workflowId: 'w-child', runId: 'c2' }

const childStarted = event(5, 1_000, 'ChildWorkflowExecutionStarted', {
  workflowExecution: child,
  workflowType: { name: 'mail' },
})
const closed = event(9, 2_000, 'WorkflowExecutionCompleted')
const continued = event(9, 2_000, 'WorkflowExecutionContinuedAsNew', { newExecutionRunId: 'c2' })
const begun = event(1, 1_000, 'WorkflowExecutionStarted')

const at = (run: WorkflowRun, ...events: HistoryEvent[]) => ({ run, events })

test.each([
  ['is not waited for while its parent is open', [at(parent, childStarted), at(child, begun)], []],
  ['is waited for once its parent is closed', [at(parent, childStarted, closed), at(child, begun)], [child]],
  ['is not waited for once it is closed', [at(parent, childStarted, closed), at(child, closed)], []],
  [
    'is waited for along its chain',
    [at(parent, childStarted, closed), at(child, continued), at(next, begun)],
    [next],
  ],
])('a child %s', (_, histories, expected) => {
  expect(outlivingChildren(histories)).toEqual(expected)
})

test('the next run of the scenario’s own workflow is the scenario’s to wait for', () => {
  const root = event(9, 2_000, 'WorkflowExecutionContinuedAsNew', { newExecutionRunId: 'r2' })
  expect(
    outlivingChildren([
      { run: parent, events: [root] },
      { run: { workflowId: 'w', runId: 'r2' }, events: [begun] },
    ]),
  ).toEqual([])
})

function captures() {
  const [ofParent, ofChild] = [new HistoryCapture(parent), new HistoryCapture(child)]
  for (const one of [childStarted, closed]) ofParent.add(one)
  ofChild.add(begun)
  const runs = [parent, child]
  const captureOf = ({ runId }: { runId: string }) => (runId === 'r' ? ofParent : ofChild)
  return { ofChild, workflows: { runs, captureOf } }
}

test('the wait ends with the child, and the timeline tells of it', async () => {
  const timeline = new MemoryTimeline()
  const { ofChild, workflows } = captures()
  const over = untilOutlivingClosed({ workflows, timeline, deadline: Deadline.after(60_000) })
  ofChild.add(closed)
  await over
  expect(timeline.entries).toEqual([
    { kind: 'awaited', atMs: 0, subject: 'w-child to close, which goes on after its parent', ...child },
  ])
})

test('the wait ends at the deadline without an error of its own, and with the reason of a death', async () => {
  const timeline = new MemoryTimeline()
  const { workflows } = captures()
  await untilOutlivingClosed({ workflows, timeline, deadline: Deadline.after(1) })
  expect(timeline.entries).toHaveLength(1)
  const died = new Error('the cluster died')
  const deadline = Deadline.after(60_000, AbortSignal.abort(died))
  await expect(untilOutlivingClosed({ workflows, timeline, deadline })).rejects.toBe(died)
})
