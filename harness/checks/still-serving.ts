// When the scenario's work is done, every worker that should be up must still serve.
import { unmetErrors } from '../analysis/unmet-errors.ts'
import { formatDuration } from '../core/duration.ts'
import { whyUnavailable } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import type { Finding } from '../result/check-result.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const stillServing: Check = {
  name: 'still-serving',
  promise: 'Every worker that should be up polls, and new work on its task queues is done.',
  judge({ record }) {
    const { timeline } = record
    const polling = entriesOf(timeline, 'still-polling')
    const working = entriesOf(timeline, 'still-working')
    const unpolled = unmetErrors(timeline, 'still-serving').map(({ code, message }): Finding => ({
      kind: 'liveness',
      code,
      message,
      endsRun: true,
    }))
    const silent = polling
      .filter(({ answered }) => !answered)
      .map(({ identity, atMs }) => `${identity} is up and polls nothing, by ${formatDuration(atMs)}`)
    const idle = working
      .filter(({ answered }) => !answered)
      .map(
        ({ queue, askedMs, atMs }) =>
          `a new workflow on ${queue} was not done within ${formatDuration(atMs - askedMs)}, though its workers should serve`,
      )
    const why = whyUnavailable(record, 'still-serving') ?? 'no worker was asked at the end'
    return checkedIf(
      [...polling, ...working],
      [...unpolled, ...findings('liveness', [...silent, ...idle])],
      why,
    )
  },
}
