// The rows of a user's own tables: before the workers start, while a fault lasts, after its heal, and at the end.
import type { RowsTime } from '../record/rows.ts'
import type { Observation, StartContext } from './observation.ts'

export const rows: Observation = {
  kind: 'rows',
  available: ({ tables }) => (tables.length === 0 ? 'no query of own tables is declared' : null),
  before: (context) => look(context, 'start'),
  between: look,
  observe: (context) => look(context, 'end'),
}

async function look({ tables, recorder, signal }: StartContext, when: RowsTime): Promise<void> {
  for (const table of tables) {
    const askedMs = recorder.nowMs
    const found = await table.read(signal)
    recorder.observe({
      kind: 'rows',
      name: table.name,
      when,
      askedMs,
      rows: found === null ? null : [...found],
    })
  }
}
