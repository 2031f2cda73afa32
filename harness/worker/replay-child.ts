// Replays histories against a workflow bundle, in a process of its own, one request at a time over IPC.
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js'
import { DefaultLogger, ReplayError, Runtime, Worker } from '@temporalio/worker'
import { DeterminismViolationError } from '@temporalio/workflow'
import { getEachMessage, sendMessage } from 'execa'
import { messageOf } from '../errors.ts'
import { replayRequestSchema, type ReplayAnswer, type ReplayRequest } from './replay-protocol.ts'

Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] })

async function replay({ id, bundle, workflowId, history }: ReplayRequest): Promise<ReplayAnswer> {
  try {
    const replayed = Worker.runReplayHistories({ workflowBundle: { codePath: bundle } }, [
      { workflowId, history: historyFromJSON(history) },
    ])
    for await (const { error } of replayed) {
      if (error === undefined) return { id, error: null }
      return isOfTheCode(error) ? { id, error: messageOf(error) } : { id, unavailable: messageOf(error) }
    }
    return { id, unavailable: 'the SDK replayed nothing' }
  } catch (thrown) {
    return { id, unavailable: messageOf(thrown) }
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
