// The messages of a record: signals and updates that the story sent, with what the service answered.
import type { RunRecord } from './record.ts'
import { entriesOf, type EntryOf } from './timeline.ts'

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
