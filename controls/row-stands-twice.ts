import { defineControl } from 'temporal-chaos'
import { withRows } from './shared/damage.ts'
import healthy from './worker-restarts-in-time.ts'

const payment = { key: 'order-1', values: { order_id: 'order-1', cents: 4200 } }

export default defineControl({
  name: 'row-stands-twice',
  breaks: 'record',
  defect:
    'An activity that was killed after its INSERT is tried again, and its table has no key that refuses a second row.',
  of: healthy,
  damage: (record) =>
    withRows(record, [
      { kind: 'rows', name: 'payments', when: 'start', askedMs: 0, rows: [] },
      { kind: 'rows', name: 'payments', when: 'struck', askedMs: 0, rows: [payment] },
      { kind: 'rows', name: 'payments', when: 'end', askedMs: 0, rows: [payment, payment] },
    ]),
  expected: {
    verdict: 'fail',
    check: 'rows',
    finding: /^payments: order-1 stands in 2 rows at the end$/,
  },
})
