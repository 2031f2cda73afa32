import { defineControl } from 'temporal-chaos'
import { withSmallBudget } from './shared/damage.ts'
import healthy from './worker-restarts-in-time.ts'

/** Programs of others keep twenty cores busy, and twenty threads of the run wait for them all the time. */
const others = 20

export default defineControl({
  name: 'late-on-a-starved-machine',
  breaks: 'record',
  defect: 'The recovery is over the budget, and all along the run’s processes waited for a core.',
  of: healthy,
  damage: (record) => ({
    ...withSmallBudget(record),
    machine: record.machine.map((line) => {
      if (line.kind !== 'sample' || line.own === undefined || line.cores === undefined) return line
      const { atMs, own, cores } = line
      return {
        ...line,
        own: { ...own, waitedMs: own.waitedMs + others * atMs },
        cores: { ...cores, busyMs: cores.busyMs + others * atMs },
      }
    }),
  }),
  expected: {
    verdict: 'inconclusive',
    check: 'recovery',
    finding:
      /^the machine was starved \(its processes waited for a core for \d+.% of .*\): timer 1 of .* recovered in .*, over the budget of 1\.00 s/,
  },
})
