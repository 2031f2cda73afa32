// A record that is not what the harness wrote proves nothing, neither for nor against the system.
import { firstSealedSchema } from '../record/header.ts'
import { checked, notChecked, type Check } from './check.ts'

export const recordSeal: Check = {
  name: 'record-seal',
  promise: 'The record is what the harness wrote: every line is there, and unchanged.',
  judge({ record: { stored } }) {
    if (stored === undefined) return notChecked('the record was not read from a disk')
    const { schema, damage } = stored
    if (damage.length > 0) {
      return checked(
        damage.map((what) => ({
          kind: 'harness',
          code: 'CHAOS_RECORD_DAMAGED',
          message: `the record is damaged: ${what}`,
          hint: 'Judge an undamaged copy, or run again.',
          voidsRun: true,
        })),
      )
    }
    return schema < firstSealedSchema ? notChecked(`records of schema ${schema} have no seal`) : checked([])
  },
}
