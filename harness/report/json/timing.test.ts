import { expect, test } from 'vitest'
import { sampleResult, sampleRun, sampleScenario } from '../../../test/support/campaign-results.ts'
import { timingSchema } from '../../result/campaign-result.ts'
import { renderTiming } from './timing.ts'

test('what is written reads back as the same result', () => {
  const result = sampleResult([sampleScenario([sampleRun(1)])], 1)
  expect(timingSchema.parse(JSON.parse(renderTiming(result)))).toEqual(result)
})

test('a result that does not match the schema is not written', () => {
  const result = sampleResult([sampleScenario([sampleRun(1, { seed: 0.5, recoveryMs: Number.NaN })])], 1)
  expect(() => renderTiming(result)).toThrowError(
    expect.objectContaining({
      code: 'CHAOS_REPORT_INVALID',
      message: expect.stringMatching(
        /scenarios\[0\]\.runs\[0\]\.seed: .+; scenarios\[0\]\.runs\[0\]\.recoveryMs: /,
      ),
    }),
  )
})
