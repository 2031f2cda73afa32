// A panic in the Temporal server is a defect of the server's, also where it recovers from it and lives on.
import { observationsOf } from '../record/record.ts'
import { findings, type Check } from './check.ts'

const name = 'server-panics'

/** What could not be looked at is told by `reported-errors`. */
export const serverPanics: Check = {
  name,
  find(record) {
    const messages = observationsOf(record, 'panic').map(
      ({ service, message, times }) =>
        `${service} panicked${times === 1 ? '' : ` ${times} times`}, by its log: ${message}`,
    )
    return findings(name, 'safety', messages)
  },
}
