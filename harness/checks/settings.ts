// A fault may cost time and attempts. It must not cost settings: a namespace that forgot its search attributes, say.
import { observationsOf, whyUnavailable } from '../record/record.ts'
import { checked, findings, notChecked, type Check } from './check.ts'

export const settings: Check = {
  name: 'settings',
  promise: 'Namespace, search attributes and dynamic configuration are as they were before the run.',
  about: ['settings'],
  judge({ record }) {
    const seen = observationsOf(record, 'settings')
    const before = seen.find(({ when }) => when === 'start')?.settings
    const after = seen.find(({ when }) => when === 'end')?.settings
    if (before === undefined || after === undefined) {
      return notChecked(whyUnavailable(record, 'settings') ?? 'the settings were not looked at')
    }
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
    return checked(
      findings(
        'safety',
        names
          .filter((name) => before[name] !== after[name])
          .map((name) => `${name} was ${before[name] ?? 'not there'} and is ${after[name] ?? 'gone'}`),
      ),
    )
  },
}
