// Clients must be served within the budget right after the heal.
import { formatDuration } from '../core/duration.ts'
import { whyUnavailable } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { checkedIf, late, type Check } from './check.ts'

export const probes: Check = {
  name: 'probes',
  promise: 'Right after the heal, clients are served within the budget.',
  judge({ record, probes }) {
    const { budgetMs } = record.header
    const found = probes
      .filter(({ waitedMs }) => waitedMs > budgetMs)
      .map(({ probe, faultIndex, waitedMs, askedMs = 0 }) =>
        late(
          `the ${probe} made after the heal of fault ${faultIndex} took ${formatDuration(waitedMs)}, over the budget of ${formatDuration(budgetMs)}`,
          { fromMs: askedMs, untilMs: askedMs + waitedMs },
          waitedMs - budgetMs,
        ),
      )
    const wasStruck = entriesOf(record.timeline, 'probe').length > 0
    const unasked = whyUnavailable(record, 'probe') ?? 'no probe was made'
    const why = wasStruck ? 'another fault struck during every probe' : unasked
    return checkedIf(probes, found, why)
  },
}
