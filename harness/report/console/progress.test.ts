import { expect, test } from 'vitest'
import { lateFinding, sampleRun } from '../../../test/support/campaign-results.ts'
import { plain } from './paint.ts'
import { describeRun } from './progress.ts'

test('a run that passed', () => {
  expect(describeRun('kill-worker-mid-sleep', sampleRun(3), plain)).toBe(
    '✔ kill-worker-mid-sleep #3  recovery 1.03 s (sticky schedule-to-start timeout, 1.00 s (stickyQueueScheduleToStartTimeout))  due: after the outage',
  )
})

test('a run that did not pass shows the first line of its reason', () => {
  const run = sampleRun(2, { verdict: 'fail', reason: `${lateFinding.message}\nand more`, recoveryMs: null })
  expect(describeRun('kill-worker-mid-sleep', run, plain)).toBe(
    `✘ kill-worker-mid-sleep #2  recovery not measured  due: after the outage  fail: ${lateFinding.message}`,
  )
})

test('a run with virtual time says how much of it', () => {
  const run = sampleRun(1, { virtualMs: 86_399_940, choices: {}, obligations: [] })
  expect(describeRun('day-long-sleep', run, plain)).toBe(
    '✔ day-long-sleep #1  recovery 1.03 s  24 h 00 min of virtual time',
  )
})
