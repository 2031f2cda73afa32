// Whether anybody can tell a slow system from a slow machine: excuses.ts needs the figures.
import { observationsOf, whyUnavailable } from '../record/record.ts'
import { checked, notChecked, type Check } from './check.ts'

export const machine: Check = {
  name: 'machine',
  promise: 'The load of the machine is known for the whole run.',
  judge({ record }) {
    const why = whyUnavailable(record, 'machine')
    if (why !== undefined) return notChecked(why)
    if (observationsOf(record, 'machine').length === 0) return notChecked('the machine was not observed')
    return record.machine.some(({ kind }) => kind === 'sample')
      ? checked([])
      : notChecked("the record has no samples of the machine's load")
  },
}
