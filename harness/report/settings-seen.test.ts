import { expect, test } from 'vitest'
import { sampleResult, sampleRun, sampleScenario } from '../../test/support/campaign-results.ts'
import type { ActivitySettings, SettingsSeen } from '../result/settings-seen.ts'
import { settingsSeenLine } from './settings-seen.ts'

const payment: ActivitySettings = {
  type: 'payment',
  startToCloseMs: 300_000,
  scheduleToCloseMs: null,
  scheduleToStartMs: null,
  heartbeatMs: null,
  retry: {
    initialIntervalMs: 1_000,
    backoffCoefficient: 2,
    maximumIntervalMs: 100_000,
    maximumAttempts: null,
  },
  seenIn: 'event 5 of order-1',
}

const seen: SettingsSeen = {
  sdks: [{ name: 'temporal-python', version: '1.35.0' }],
  workflows: [{ type: 'Order', taskTimeoutMs: 10_000, seenIn: 'event 1 of order-1' }],
  sticky: { scheduleToStartMs: 10_004, seenIn: 'event 9 of order-1' },
  activities: [payment, { ...payment, type: 'refund' }],
  asked: {},
}

function lineOf(...all: (SettingsSeen | undefined)[]): string {
  const runs = all.map((settingsSeen, at) =>
    sampleRun(at + 1, settingsSeen === undefined ? {} : { settingsSeen }),
  )
  return settingsSeenLine(sampleResult([sampleScenario(runs)], runs.length))
}

test('names the SDK and the settings, activities with the same ones together', () => {
  expect(lineOf(seen, seen)).toBe(
    'seen: worker SDK temporal-python 1.35.0; workflow task timeout 10 s; sticky timeout 10 s; ' +
      'payment, refund: startToClose 5 min, no heartbeat, retry unlimited',
  )
})

test('says what the profile asked for only if something else was seen', () => {
  const asked = { 'worker.stickyQueueScheduleToStartTimeout': 1_000, 'start.workflowTaskTimeout': 10_000 }
  expect(lineOf({ ...seen, activities: [], asked })).toBe(
    'seen: worker SDK temporal-python 1.35.0; workflow task timeout 10 s; sticky timeout 10 s (asked for: 1 s)',
  )
  expect(lineOf({ ...seen, activities: [], sticky: { scheduleToStartMs: 1_003, seenIn: 'x' }, asked })).toBe(
    'seen: worker SDK temporal-python 1.35.0; workflow task timeout 10 s; sticky timeout 1 s',
  )
})

test('keeps the line short: other values stand side by side, and many activities are counted', () => {
  const others = [2, 3, 4, 5, 6].map((most) => ({
    ...payment,
    type: `a${most}`,
    heartbeatMs: 1_500,
    retry: payment.retry && { ...payment.retry, maximumAttempts: most },
  }))
  const slow = { ...seen, workflows: [{ type: 'Slow', taskTimeoutMs: 60_000, seenIn: 'x' }], sticky: null }
  expect(lineOf({ ...slow, activities: others }, { ...seen, activities: [] })).toBe(
    'seen: worker SDK temporal-python 1.35.0; workflow task timeout 10 s and 1 min; sticky timeout 10 s; ' +
      [2, 3, 4, 5]
        .map((most) => `a${most}: startToClose 5 min, heartbeat 1.50 s, retry up to ${most} attempts`)
        .join('; ') +
      '; 1 more in timing.json',
  )
})

test('is empty for results of earlier versions, and for runs without a record', () => {
  expect(lineOf(undefined)).toBe('')
})
