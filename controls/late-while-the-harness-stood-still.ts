import { defineControl } from 'temporal-chaos'
import { withSmallBudget } from './shared/damage.ts'
import healthy from './worker-restarts-in-time.ts'

export default defineControl({
  name: 'late-while-the-harness-stood-still',
  breaks: 'record',
  defect: 'The recovery is over the budget, and all along the harness itself stood still.',
  of: healthy,
  damage(record) {
    const [fromMs, untilMs] = [0, record.timeline.at(-1)?.atMs ?? 0]
    return {
      ...withSmallBudget(record),
      machine: [...record.machine, { kind: 'standstill', fromMs, untilMs }],
    }
  },
  expected: {
    verdict: 'error',
    check: 'recovery',
    finding:
      /^the harness stood still for .* of .*: timer 1 of .* recovered in .*, over the budget of 1\.00 s/,
  },
})
