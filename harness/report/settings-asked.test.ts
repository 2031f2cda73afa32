import { expect, test } from 'vitest'
import { sampleResult, sampleRun, sampleScenario } from '../../test/support/campaign-results.ts'
import { settingsAskedLine } from './settings-asked.ts'

const result = sampleResult([sampleScenario([sampleRun(1)])], 1)

function lineOf(profile: object): string {
  const settings = { ...result.campaign.settings, profile }
  return settingsAskedLine({ ...result, campaign: { ...result.campaign, profile: 'quick', settings } })
}

const empty = { name: 'quick', worker: {}, start: {}, activity: {} }

test('names what the profile of a project asks for, and nothing for a profile of the harness', () => {
  const asked = { STICKY_MS: '1000', 'order.workflowTaskTimeoutMs': 2_000, 'order.memo': { team: 'a' } }
  expect(lineOf({ ...empty, asked })).toBe(
    'asked: profile quick, STICKY_MS=1000, order.workflowTaskTimeoutMs=2000, order.memo={"team":"a"}',
  )
  expect(lineOf({ ...empty, asked: {} })).toBe('asked: profile quick')
  expect(lineOf(empty)).toBe('')
})
