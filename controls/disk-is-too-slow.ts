import { defineControl } from 'temporal-chaos'
import healthy from './worker-restarts-in-time.ts'

export default defineControl({
  name: 'disk-is-too-slow',
  breaks: 'record',
  defect: 'The disk does not keep up, and the harness drops three lines of the machine’s load.',
  of: healthy,
  damage: ({ timeline }) => {
    const { atMs = 0 } = timeline.at(-1) ?? {}
    return { timeline: [...timeline, { kind: 'lines-dropped', atMs, stream: 'machine', lines: 3 }] }
  },
  expected: {
    verdict: 'error',
    check: 'harness-health',
    finding: /^the disk was too slow: 3 lines of the record's machine are missing$/,
  },
})
