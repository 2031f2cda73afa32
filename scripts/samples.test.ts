import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gateCampaign } from '../test/support/readme-campaigns.ts'
import { loadScenarios, selectScenarios } from '../harness/scenario/load.ts'
import { failureSample, gateSample } from './samples.ts'

// Loaded outside of the test, because importing all scenarios takes seconds on a busy machine.
const folder = join(import.meta.dirname, '..', 'scenarios')
const all = (await loadScenarios(folder)).map(({ scenario }) => scenario)

test('the sample of a gate has exactly the scenarios of the gate', async () => {
  const names = selectScenarios(all, [], 'gate', 'process').map(({ name }) => name)
  expect(gateCampaign.scenarios.map(({ name }) => name)).toEqual(names)
  const sample = await gateSample(folder)
  expect(sample).toContain(`suite gate: ${gateCampaign.gate.required} runs of ${names.length} scenarios`)
  expect(sample).toMatch(/\n50 passed, 0 failed\n```$/)
})

test('the sample of a failure ends with the rerun command', () => {
  expect(failureSample()).toMatch(
    /^```\nkill-worker-mid-sleep #1 fail: .*--run 1 --seed 11 --profile sdk-defaults --backend process\n```$/s,
  )
})
