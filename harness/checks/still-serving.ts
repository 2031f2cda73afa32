// When the scenario's work is done, every worker that should be up must still serve.
import { unmetErrors } from '../analysis/unmet-errors.ts'
import { formatDuration } from '../core/duration.ts'
import { whyUnavailable } from '../record/record.ts'
import { entriesOf, type TimelineEntry } from '../record/timeline.ts'
import type { Finding } from '../result/check-result.ts'
import { checkedIf, late, type Check } from './check.ts'

export const stillServing: Check = {
  name: 'still-serving',
  promise: 'Every worker that should be up polls, and new work on its task queues is done.',
  judge({ record }) {
    const { timeline } = record
    const polling = entriesOf(timeline, 'still-polling')
    const working = entriesOf(timeline, 'still-working')
    const unpolled = unmetErrors(timeline, 'still-serving').map(({ code, message, subject }): Finding => ({
      kind: 'liveness',
      code,
      message,
      endsRun: true,
      ...waitOf(timeline, subject),
    }))
    const silent = polling
      .filter(({ answered }) => !answered)
      .map(({ identity, atMs, askedMs = atMs - record.header.budgetMs }) =>
        late(`${identity} is up and polls nothing, by ${formatDuration(atMs)}`, {
          fromMs: askedMs,
          untilMs: atMs,
        }),
      )
    const idle = working
      .filter(({ answered }) => !answered)
      .map(({ queue, askedMs, atMs }) =>
        late(
          `a new workflow on ${queue} was not done within ${formatDuration(atMs - askedMs)}, though its workers should serve`,
          { fromMs: askedMs, untilMs: atMs },
        ),
      )
    const why = whyUnavailable(record, 'still-serving') ?? 'no worker was asked at the end'
    return checkedIf([...polling, ...working], [...unpolled, ...silent, ...idle], why)
  },
}

/** While the oldest task of this queue waited; not known in records of a version before it was noted. */
function waitOf(timeline: readonly TimelineEntry[], queue: string | undefined): Pick<Finding, 'window'> {
  const unpolled = entriesOf(timeline, 'queue-unpolled').findLast((one) => one.queue === queue)
  if (unpolled === undefined) return {}
  const { atMs, ageMs } = unpolled
  return { window: { fromMs: atMs - ageMs, untilMs: atMs } }
}
