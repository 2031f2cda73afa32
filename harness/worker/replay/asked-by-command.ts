// The commands of a replay in the words that the history's events are put into.
import { tsToMs } from '@temporalio/common/lib/time.js'
import type { coresdk } from '@temporalio/proto'
import {
  activity,
  child,
  end,
  signal,
  timer,
  update,
  type Asked,
  type ReadPayloads,
} from './replayed-command.ts'

type Command = coresdk.workflow_commands.IWorkflowCommand

export async function askedByCommands(commands: readonly Command[], read: ReadPayloads): Promise<Asked[]> {
  const asked = await Promise.all(commands.map((command) => askedByCommand(command, read)))
  return asked.filter((one) => one !== undefined)
}

async function askedByCommand(command: Command, read: ReadPayloads): Promise<Asked | undefined> {
  const {
    scheduleActivity,
    startTimer,
    startChildWorkflowExecution: start,
    signalExternalWorkflowExecution: signalling,
    updateResponse,
    completeWorkflowExecution: complete,
    continueAsNewWorkflowExecution: next,
  } = command
  if (scheduleActivity) {
    const { activityId, activityType, arguments: input } = scheduleActivity
    return activity(activityId ?? '', activityType ?? '', await read(input))
  }
  if (startTimer) return timer(String(startTimer.seq), tsToMs(startTimer.startToFireTimeout))
  if (start) return child(start.workflowId ?? '', start.workflowType ?? '', await read(start.input))
  if (signalling) {
    const to = signalling.childWorkflowId ?? signalling.workflowExecution?.workflowId ?? ''
    return signal(to, signalling.signalName ?? '', await read(signalling.args))
  }
  if (updateResponse?.completed)
    return update(updateResponse.protocolInstanceId ?? '', await read([updateResponse.completed]))
  if (complete) return end(`the result ${await read(complete.result ? [complete.result] : [])}`)
  if (next) return end(`a next run with ${await read(next.arguments)}`)
  return undefined
}
