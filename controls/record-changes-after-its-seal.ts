import { defineControl } from 'temporal-chaos'
import healthy from './worker-restarts-in-time.ts'

export default defineControl({
  name: 'record-changes-after-its-seal',
  breaks: 'record',
  defect: 'Somebody changes a line of the record after the run has sealed it: a step gets another name.',
  of: healthy,
  seal: 'kept',
  damage: ({ timeline }) => ({
    timeline: timeline.map((entry) => (entry.kind === 'step' ? { ...entry, name: 'do nothing' } : entry)),
  }),
  expected: {
    verdict: 'error',
    check: 'record-seal',
    finding: /^the record is damaged: timeline\.jsonl was changed after the record was closed$/,
  },
})
