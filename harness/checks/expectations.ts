// Compares the scenario's own expectations with its observations.
import { isDeepStrictEqual } from 'node:util'
import { entriesOf } from '../record/timeline.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const expectations: Check = {
  name: 'expectations',
  promise: 'Every expectation of the scenario is met.',
  judge({ record, outages }) {
    const expected = entriesOf(record.timeline, 'expectation')
    const unmet = expected
      .filter((one) => !isDeepStrictEqual(one.observed, one.expected))
      .map((one) => `not so: ${one.sentence}${difference(one)}`)
    // Without a fault nothing was claimed: what was expected of the recovery was not tested.
    const kind = outages.length === 0 ? 'assumption' : 'safety'
    return checkedIf(expected, findings(kind, unmet), 'the scenario has no expectations of its own')
  },
}

/** A true or false sentence has no further detail. */
function difference({ expected, observed }: { expected?: unknown; observed?: unknown }): string {
  if (expected === true && typeof observed === 'boolean') return ''
  return ` (expected ${shown(expected)}, observed ${shown(observed)})`
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing'
}
