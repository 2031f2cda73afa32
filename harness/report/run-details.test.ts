import { expect, test } from 'vitest'
import { sampleResult, sampleRun, sampleScenario } from '../../fixtures/campaign-results.ts'
import { runDetails } from './run-details.ts'

test('a run says that its time was virtual, and only such a run', () => {
  const scenario = sampleScenario([sampleRun(1)])
  const { campaign } = sampleResult([scenario], 1)
  const linesOf = (virtualMs: number) =>
    runDetails(sampleRun(1, { virtualMs }), { campaign, scenario, record: 'runs/1' })
  expect(linesOf(86_399_940)).toContainEqual({
    label: 'virtual',
    text: "the server skipped 24 h 00 min of the workflow's time",
  })
  expect(linesOf(0).map(({ label }) => label)).not.toContain('virtual')
})
