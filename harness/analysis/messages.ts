// The messages of a record: signals and updates that the scenario sent, with what the service answered.
import type { RunRecord } from '../record/record.ts'
import { entriesOf, type EntryOf } from '../record/timeline.ts'

export interface Message extends Omit<EntryOf<'sent'>, 'kind' | 'atMs'> {
  readonly sentMs: number
  /** Null where no answer came: it may have been accepted or not. */
  readonly answer: EntryOf<'answered'>['answer'] | null
  readonly answeredMs: number | null
}

/** In the order in which they left. */
export function messagesOf({ timeline }: RunRecord): Message[] {
  const answers = new Map(entriesOf(timeline, 'answered').map((entry) => [entry.messageId, entry]))
  return entriesOf(timeline, 'sent').map(({ kind: _kind, atMs, ...sent }) => {
    const answered = answers.get(sent.messageId)
    return { ...sent, sentMs: atMs, answer: answered?.answer ?? null, answeredMs: answered?.atMs ?? null }
  })
}

/** Whether the service has it, whatever it then came to; null where nobody knows. */
export function wasAccepted({ answer }: Pick<Message, 'answer'>): boolean | null {
  return answer === null ? null : answer !== 'rejected'
}
