import { defineControl } from 'temporal-chaos'
import healthy from './worker-restarts-in-time.ts'

export default defineControl({
  name: 'load-is-not-sampled-to-the-end',
  breaks: 'record',
  defect: 'The load of the machine is sampled only until the fault, so nobody knows it during the recovery.',
  of: healthy,
  damage({ timeline, machine }) {
    const faultMs = timeline.find(({ kind }) => kind === 'fault')?.atMs ?? 0
    return { machine: machine.filter((line) => line.kind === 'sample' && line.atMs < faultMs) }
  },
  expected: {
    verdict: 'error',
    check: 'machine',
    finding: /^the load of the machine is known from [\d.]+ m?s to [\d.]+ m?s, and the run ended at /,
  },
})
