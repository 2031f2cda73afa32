import { expect, test } from 'vitest'
import { sampleResult, sampleRun, sampleScenario } from '../../fixtures/campaign-results.ts'
import { besidesTable, resourcesLine } from './besides-table.ts'

const slow = sampleRun(2, {
  probes: [
    { strike: 1, probe: 'query', waitedMs: 3_030 },
    { strike: 1, probe: 'new-workflow', waitedMs: 55 },
  ],
  resources: [{ process: 'worker-1', cpuPercentMax: 130, memoryBytesMax: 120_000_000 }],
})
const result = sampleResult([sampleScenario([sampleRun(1), slow])], 2)

test('medians by scenario, and a dash for what was not measured', () => {
  const [, head, , figures] = besidesTable(result).split('\n')
  expect(head).toMatch(/medians +│ +start │ errand │ +query │ signal │ update │ +new │ +away │ +redone/)
  expect(figures).toMatch(
    /kill-worker-mid-sleep │ +12 ms │ +48 ms │ 2.02 s │ +- │ +- │ +55 ms │ 980 ms │ +- │$/,
  )
})

test('no line is wider than 100 columns, however long a name is', () => {
  const long = { ...sampleScenario([sampleRun(1)]), name: 'a-scenario-with-a-name-that-goes-on-and-on' }
  const table = besidesTable(sampleResult([long], 1))
    .split('\n')
    .filter((line) => line.startsWith('│'))
  expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(100)
})

test('nothing was run: nothing to say', () => {
  expect(besidesTable(sampleResult([sampleScenario([])], 1))).toBe('')
  expect(resourcesLine(sampleResult([], 1))).toBe('')
})

test('the most that each process took', () => {
  expect(resourcesLine(result)).toBe('at most, of one core and of memory: worker-1 130 % 150 MB')
})
