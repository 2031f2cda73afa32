// What the scenario itself says must be so.
import { entriesOf } from '../record/timeline.ts'
import { findings, type Check } from './check.ts'

const name = 'claims'

export const claims: Check = {
  name,
  find({ timeline }) {
    const broken = entriesOf(timeline, 'claim').filter(({ isSo }) => !isSo)
    return findings(
      name,
      'safety',
      broken.map(({ sentence }) => `not so: ${sentence}`),
    )
  },
}
