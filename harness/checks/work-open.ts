// A fault that strikes while nothing is owed to any workflow, nor comes to be owed while it lasts, shows nothing
// about recovery.
import { obligationsOf } from '../analysis/obligations.ts'
import { faultsOf } from '../analysis/outage.ts'
import { findings, type Check } from './check.ts'

const name = 'work-open'

export const workOpen: Check = {
  name,
  find(record) {
    const injected = new Set(obligationsOf(record).map(({ faultIndex }) => faultIndex))
    const idle = faultsOf(record).filter((_, index) => !injected.has(index + 1))
    const messages = idle.map(
      (fault) => `nothing was owed to any workflow when ${fault.name} struck ${fault.target}`,
    )
    return findings(name, 'assumption', messages)
  },
}
