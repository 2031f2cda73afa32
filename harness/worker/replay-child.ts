// Replays histories against a workflow bundle, in a process of its own, one request at a time over IPC.
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { getEachMessage, sendMessage } from 'execa'
import { messageOf } from '../errors.ts'
import { replayRequestSchema, type ReplayAnswer, type ReplayRequest } from './replay-protocol.ts'

Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] })

async function replay({ bundle, workflowId, history }: ReplayRequest): Promise<string | null> {
  const histories = [{ workflowId, history: historyFromJSON(history) }]
  try {
    for await (const { error } of Worker.runReplayHistories(
      { workflowBundle: { codePath: bundle } },
      histories,
    )) {
      return error === undefined ? null : messageOf(error)
    }
    return 'the history was not replayed'
  } catch (thrown) {
    return messageOf(thrown)
  }
}

for await (const message of getEachMessage()) {
  const request = replayRequestSchema.parse(message)
  const answer: ReplayAnswer = { id: request.id, error: await replay(request) }
  await sendMessage(answer)
}
