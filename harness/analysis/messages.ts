// The signals and updates that the scenario sent, with the service's answers.
import type { RunRecord } from '../record/record.ts'
import { entriesOf, type EntryOf } from '../record/timeline.ts'

export interface Message extends Omit<EntryOf<'sent'>, 'kind' | 'atMs'> {
  readonly sentMs: number
  /** Null if no answer came: the message may have been accepted or not. */
  readonly answer: EntryOf<'answered'>['answer'] | null
  readonly answeredMs: number | null
}

/** In the order in which they were sent. */
export function messagesOf({ timeline }: RunRecord): Message[] {
  const answers = new Map(entriesOf(timeline, 'answered').map((entry) => [entry.messageId, entry]))
  return entriesOf(timeline, 'sent').map(({ kind: _kind, atMs, ...sent }) => {
    const answered = answers.get(sent.messageId)
    return { ...sent, sentMs: atMs, answer: answered?.answer ?? null, answeredMs: answered?.atMs ?? null }
  })
}

/** Whether the service accepted the message, whatever happened later; null if unknown. */
export function wasAccepted({ answer }: Pick<Message, 'answer'>): boolean | null {
  return answer === null ? null : answer !== 'rejected'
}
