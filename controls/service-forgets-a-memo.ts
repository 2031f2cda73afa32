import { defineControl } from 'temporal-chaos'
import { withEvents, withFields } from './shared/damage.ts'
import healthy from './worker-restarts-in-time.ts'

const customer = {
  metadata: { encoding: Buffer.from('json/plain').toString('base64') },
  data: Buffer.from('"ana"').toString('base64'),
}

export default defineControl({
  name: 'service-forgets-a-memo',
  breaks: 'record',
  defect: 'A workflow was started with a memo, and the service describes it without one.',
  of: healthy,
  damage: (record) =>
    withEvents(record, (event) =>
      withFields(event, 'WorkflowExecutionStarted', { memo: { fields: { customer } } }),
    ),
  expected: {
    verdict: 'fail',
    check: 'attributes',
    finding: /^memo customer of .*-durableDemo-1 \(run .*\) is not there, and by its history "ana"$/,
  },
})
