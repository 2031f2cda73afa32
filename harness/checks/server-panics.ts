// A panic in the Temporal server is a defect of the server, even if it recovers from it and continues.
import { unmetErrors } from '../analysis/unmet-errors.ts'
import { observationsOf, whyUnavailable } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { checked, findings, notChecked, type Check } from './check.ts'

/** The code of the error that says why the server's log could not be read. */
const logUnreadable = 'CHAOS_LOG_UNREADABLE'

export const serverPanics: Check = {
  name: 'server-panics',
  promise: 'The Temporal server does not panic.',
  judge({ record }) {
    const logged = observationsOf(record, 'panic').map(
      ({ service, message, times }) =>
        `${service} panicked${times === 1 ? '' : ` ${times} times`} according to its log: ${message}`,
    )
    // The error of a service that died of it has the end of its log.
    const died = unmetErrors(record.timeline, 'server-panics').map(({ message }) => message)
    const messages = [...logged, ...died]
    if (messages.length > 0) return checked(findings('safety', messages))
    const unavailable = whyUnavailable(record, 'panic')
    if (unavailable !== undefined) return notChecked(unavailable)
    // Records of schema 1 have only the error.
    const isUnread = entriesOf(record.timeline, 'error').some(({ code }) => code === logUnreadable)
    return isUnread ? notChecked("the server's log could not be read") : checked([])
  },
}
