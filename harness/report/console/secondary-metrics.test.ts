import { expect, test } from 'vitest'
import { sampleResult, sampleRun, sampleScenario } from '../../../test/support/campaign-results.ts'
import type { RunResult } from '../../result/campaign-result.ts'
import { besidesTable, resourcesLine } from './secondary-metrics.ts'

const slow = sampleRun(2, {
  probes: [
    { faultIndex: 1, probe: 'query', waitedMs: 3_030 },
    { faultIndex: 1, probe: 'new-workflow', waitedMs: 55 },
  ],
  resources: [{ process: 'worker-1', cpuPercentMax: 130, memoryBytesMax: 120_000_000 }],
})
const result = sampleResult([sampleScenario([sampleRun(1), slow])], 2)

test('medians by scenario, with a dash for figures that were not measured', () => {
  const [, head, , figures] = besidesTable(result).split('\n')
  expect(head).toMatch(/medians +│ +start │ +work │ +query │ signal │ update │ +new │ +away │ +redone/)
  expect(figures).toMatch(
    /kill-worker-mid-sleep │ +12 ms │ +48 ms │ 2.02 s │ +- │ +- │ +55 ms │ 980 ms │ +- │$/,
  )
})

test('shows a stopped worker’s drain next to its name if other targets were away', () => {
  const [killed] = sampleRun(1).faults
  if (killed === undefined) throw new Error('a run with a fault')
  const drained = {
    ...killed,
    kind: 'terminate-worker',
    effect: 'stopped' as const,
    confirmedAtMs: 4_500,
    outageMs: 3_300,
  }
  const withDrain = (...faults: RunResult['faults']) =>
    besidesTable(sampleResult([sampleScenario([sampleRun(1, { faults })])], 1))
  expect(withDrain(drained)).toMatch(/│ {2}drain │ +- │\n│ .*│ 3\.30 s │ +│\n/)
  expect(withDrain(killed, drained)).toMatch(/│ 980 ms │ +- │\n│ .*│ {2}drain │ +│\n│ .*│ 3\.30 s │ +│\n/)
  expect(withDrain(drained)).toContain('Drain: a worker that was told to stop')
  expect(withDrain(killed)).not.toMatch(/drain/i)
})

test('skipped time is shown only if there was some', () => {
  const day = sampleScenario([sampleRun(1, { virtualMs: 86_399_940 })], 'day-long-sleep')
  const table = besidesTable(sampleResult([day, sampleScenario([sampleRun(1)])], 1))
  expect(table).toMatch(/\nVirtual time, in no figure: 24 h 00 min of each run of day-long-sleep\.$/)
  expect(besidesTable(result)).not.toContain('Virtual')
})

test('no line is wider than 100 columns, however long a name is', () => {
  const long = { ...sampleScenario([sampleRun(1)]), name: 'a-scenario-with-a-name-that-goes-on-and-on' }
  const table = besidesTable(sampleResult([long], 1))
    .split('\n')
    .filter((line) => line.startsWith('│'))
  expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(100)
})

test('a campaign without runs has no such table', () => {
  expect(besidesTable(sampleResult([sampleScenario([])], 1))).toBe('')
  expect(resourcesLine(sampleResult([], 1))).toBe('')
})

test('the peak use of each process', () => {
  expect(resourcesLine(result)).toBe('peak use, of one core and of memory: worker-1 130 % 150 MB')
})
