// What workflow code asked for in a replay, held against what the history says that it asked for. The SDK's own replay
// compares the kinds of commands and some names; it does not see another argument, another duration or another result.
import { durationAttributeMs } from '../../history/duration-attribute.ts'
import { eventAttributes, fieldIn, textAttribute, type HistoryEvent } from '../../history/event.ts'

/** A command, or the event that it became, as far as both must be the same. */
export interface Asked {
  /** What it is about, as part of a sentence: "activity 1", "timer 2". The same for the command and its event. */
  readonly subject: string
  /** Everything that may not differ, as text. */
  readonly said: string
}

/**
 * Sentences about what differs. Subjects that occur another number of times are left out: a command may be cancelled
 * in the task that made it, and the last task may not be in the history. The SDK's own replay sees commands that are missing.
 */
export function differences(replayed: readonly Asked[], stored: readonly Asked[]): string[] {
  const before = Map.groupBy(stored, ({ subject }) => subject)
  return [...Map.groupBy(replayed, ({ subject }) => subject)].flatMap(([subject, now]) => {
    const then = before.get(subject) ?? []
    if (then.length !== now.length) return []
    return now.flatMap(({ said }, index) => {
      const was = then[index]?.said ?? said
      return was === said ? [] : [`${subject} was asked for with ${cut(was)}, and now with ${cut(said)}`]
    })
  })
}

/** A payload's text, read through the codecs. */
export type ReadPayloads = (payloads: unknown) => Promise<string>

/** What the events of a history say that the workflow asked for. */
export async function askedInHistory(events: readonly HistoryEvent[], read: ReadPayloads): Promise<Asked[]> {
  const asked = await Promise.all(events.map((event) => askedBy(event, read)))
  return asked.filter((one) => one !== undefined)
}

async function askedBy(event: HistoryEvent, read: ReadPayloads): Promise<Asked | undefined> {
  const text = (...path: string[]) => textAttribute(event, ...path) ?? ''
  const payloads = (...path: string[]) => read(fieldIn(eventAttributes(event), ...path, 'payloads'))
  switch (event.eventType) {
    case 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED':
      return activity(text('activityId'), text('activityType', 'name'), await payloads('input'))
    case 'EVENT_TYPE_TIMER_STARTED':
      return timer(text('timerId'), durationAttributeMs(event, 'startToFireTimeout'))
    case 'EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED':
      return child(text('workflowId'), text('workflowType', 'name'), await payloads('input'))
    case 'EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED':
      return signal(text('workflowExecution', 'workflowId'), text('signalName'), await payloads('input'))
    case 'EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED':
      return update(text('meta', 'updateId'), await payloads('outcome', 'success'))
    case 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED':
      return end(`the result ${await payloads('result')}`)
    case 'EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW':
      return end(`a next run with ${await payloads('input')}`)
    default:
      return undefined
  }
}

export const activity = (id: string, type: string, input: string): Asked => ({
  subject: `activity ${id}`,
  said: `${type}(${input})`,
})
export const timer = (id: string, ms: number): Asked => ({ subject: `timer ${id}`, said: `${ms} ms` })
export const child = (id: string, type: string, input: string): Asked => ({
  subject: `child ${id}`,
  said: `${type}(${input})`,
})
export const signal = (to: string, name: string, input: string): Asked => ({
  subject: `the signal ${name} to ${to}`,
  said: `(${input})`,
})
export const update = (id: string, answer: string): Asked => ({
  subject: `the answer to update ${id}`,
  said: answer,
})
export const end = (said: string): Asked => ({ subject: 'the end of the workflow', said })

function cut(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 200)}… (${text.length} characters)`
}
