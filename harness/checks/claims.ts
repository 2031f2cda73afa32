// What the scenario itself says must be so.
import { entriesOf } from '../record/timeline.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const claims: Check = {
  name: 'claims',
  promise: 'What the scenario says of its work is so.',
  judge({ record }) {
    const said = entriesOf(record.timeline, 'claim')
    const broken = said.filter(({ isSo }) => !isSo).map(({ sentence }) => `not so: ${sentence}`)
    return checkedIf(said, findings('safety', broken), 'the scenario says nothing of its own')
  },
}
