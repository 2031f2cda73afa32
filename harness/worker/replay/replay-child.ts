// Replays histories against a workflow bundle, in a process of its own, one request at a time over IPC.
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js'
import { DefaultLogger, ReplayError, Runtime, Worker } from '@temporalio/worker'
import { DeterminismViolationError } from '@temporalio/workflow'
import { getEachMessage, sendMessage } from 'execa'
import { messageOf } from '../../core/errors.ts'
import {
  replayRequestSchema,
  type ReplayAnswer,
  type ReplayOutcome,
  type ReplayRequest,
} from './replay-protocol.ts'

Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] })

/** All in one go: a worker for each history would take ten times as long. */
async function replay({ id, bundle, histories }: ReplayRequest): Promise<ReplayAnswer> {
  const outcomes: ReplayOutcome[] = []
  const failed = await replayInto(outcomes, bundle, histories).then(
    () => 'the SDK did not replay it',
    messageOf,
  )
  const done = new Set(outcomes.map(({ runId }) => runId))
  const left = histories.filter(({ runId }) => !done.has(runId))
  return { id, outcomes: [...outcomes, ...left.map(({ runId }) => ({ runId, unavailable: failed }))] }
}

async function replayInto(
  outcomes: ReplayOutcome[],
  bundle: string,
  histories: ReplayRequest['histories'],
): Promise<void> {
  const replayable = histories.filter(({ history }) => history.events.length > 0)
  const replayed = Worker.runReplayHistories(
    { workflowBundle: { codePath: bundle } },
    replayable.map(({ workflowId, history }) => ({ workflowId, history: historyFromJSON(history) })),
  )
  for await (const { runId, error } of replayed) {
    if (error === undefined) outcomes.push({ runId, error: null })
    else if (isOfTheCode(error)) outcomes.push({ runId, error: messageOf(error) })
    else outcomes.push({ runId, unavailable: messageOf(error) })
  }
}

/**
 * The workflow's code came to other commands, or failed, where it had gone on before. The SDK has one class for that
 * failure and for failures of its own, which only the text tells apart: "due workflow task failure" against
 * "due to internal SDK issue" (`evictionReasonToReplayError` in @temporalio/worker).
 */
function isOfTheCode(error: Error): boolean {
  if (error instanceof DeterminismViolationError) return true
  return error instanceof ReplayError && error.message.includes('workflow task failure')
}

for await (const message of getEachMessage()) {
  await sendMessage(await replay(replayRequestSchema.parse(message)))
}
