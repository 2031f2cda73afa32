// Children that go on after their parent has closed: those with the parent close policy ABANDON, and those that are
// being terminated or cancelled because of it. Their work is part of the run, so the run waits for their end.
import type { Deadline } from '../../core/deadline.ts'
import { ChaosError } from '../../core/errors.ts'
import { startedBy } from '../../history/chain.ts'
import { isClosing, type HistoryEvent } from '../../history/event.ts'
import type { WorkflowRun } from '../../history/workflow-run.ts'
import type { Workflows } from '../workflows.ts'
import type { TimelineWriter } from './timeline-writer.ts'

export interface OutlivingOptions {
  readonly workflows: Pick<Workflows, 'runs' | 'captureOf'>
  readonly timeline: TimelineWriter
  readonly deadline: Deadline
}

const code = 'CHAOS_WORKFLOW_OPEN'

/** Resolves once none is open, or at the deadline: the check `completed` then says what each of them waits for. */
export async function untilOutlivingClosed({
  workflows,
  timeline,
  deadline,
}: OutlivingOptions): Promise<void> {
  try {
    for (;;) {
      const histories = workflows.runs.map((run) => ({ run, events: workflows.captureOf(run).events }))
      const [child] = outlivingChildren(histories)
      if (child === undefined) return
      const what = `${child.workflowId} to close, which goes on after its parent`
      timeline.mark({ kind: 'awaited', subject: what, ...child })
      await workflows.captureOf(child).until((events) => events.find(isClosing), deadline, { what, code })
    }
  } catch (thrown) {
    if (!(thrown instanceof ChaosError) || thrown.code !== code) throw thrown
  }
}

interface FollowedRun {
  readonly run: WorkflowRun
  readonly events: readonly HistoryEvent[]
}

/** Open runs of children, or of their chains, whose own parent or previous run is closed. */
export function outlivingChildren(histories: readonly FollowedRun[]): WorkflowRun[] {
  const started = histories.flatMap(({ run, events }) =>
    events.flatMap((event) => {
      const next = startedBy(run, event)
      return next === undefined ? [] : [{ ...next, fromRunId: run.runId }]
    }),
  )
  const isClosed = (runId: string) =>
    histories.some((one) => one.run.runId === runId && one.events.some(isClosing))
  const isOfChild = (runId: string): boolean => {
    const start = started.find((one) => one.runId === runId)
    return start !== undefined && (start.origin === 'child' || isOfChild(start.fromRunId))
  }
  const isFollowed = (runId: string) => histories.some((one) => one.run.runId === runId)
  return started
    .filter(
      ({ runId, fromRunId }) =>
        isFollowed(runId) && isClosed(fromRunId) && !isClosed(runId) && isOfChild(runId),
    )
    .map(({ workflowId, runId }) => ({ workflowId, runId }))
}
