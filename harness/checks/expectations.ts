// What the scenario itself expects of its work, held against what it saw.
import { isDeepStrictEqual } from 'node:util'
import { entriesOf } from '../record/timeline.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const expectations: Check = {
  name: 'expectations',
  promise: 'What the scenario expects of its work is so.',
  judge({ record }) {
    const expected = entriesOf(record.timeline, 'expectation')
    const unmet = expected
      .filter((one) => !isDeepStrictEqual(one.observed, one.expected))
      .map((one) => `not so: ${one.sentence}${difference(one)}`)
    return checkedIf(expected, findings('safety', unmet), 'the scenario says nothing of its own')
  },
}

/** Of a sentence that is so or not there is no more to say. */
function difference({ expected, observed }: { expected?: unknown; observed?: unknown }): string {
  if (expected === true && typeof observed === 'boolean') return ''
  return ` (expected ${shown(expected)}, observed ${shown(observed)})`
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing'
}
