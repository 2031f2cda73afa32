// What a client asks for right after the heal must come within the budget too.
import { formatDuration } from '../core/duration.ts'
import { probeResults } from '../analysis/probe-results.ts'
import { findings, type Check } from './check.ts'

const name = 'probes'

export const probes: Check = {
  name,
  find(record) {
    const { budgetMs } = record.header
    const late = probeResults(record).filter(({ waitedMs }) => waitedMs > budgetMs)
    return findings(
      name,
      'liveness',
      late.map(
        ({ probe, faultIndex, waitedMs }) =>
          `the ${probe} asked for after the heal of fault ${faultIndex} took ${formatDuration(waitedMs)}, over the budget of ${formatDuration(budgetMs)}`,
      ),
    )
  },
}
