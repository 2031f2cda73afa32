// A fault that strikes while nothing is owed to any workflow shows nothing about recovery.
import { obligationsOf } from '../recovery/obligations.ts'
import { faultsOf } from '../recovery/outage.ts'
import { findings, type Check } from './check.ts'

const name = 'work-open'

export const workOpen: Check = {
  name,
  find(record) {
    const struck = new Set(obligationsOf(record).map(({ fault }) => fault))
    const idle = faultsOf(record).filter((fault) => !struck.has(fault.name))
    return findings(
      name,
      'assumption',
      idle.map((fault) => `nothing was owed to any workflow when ${fault.name} struck ${fault.target}`),
    )
  },
}
