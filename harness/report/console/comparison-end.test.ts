import { expect, test } from 'vitest'
import { quickProfile, slowProfile } from '../../../test/support/comparison-results.ts'
import { ChaosError } from '../../core/errors.ts'
import { compareResults } from '../comparison.ts'
import { comparisonEnd, type ComparisonEnd } from './comparison-end.ts'

const profiles = ['sdk-defaults', 'tuned']
const end: ComparisonEnd = {
  comparison: compareResults([slowProfile, quickProfile], { id: 'c1', profiles }),
  campaigns: [slowProfile, quickProfile].map((result) => {
    return { result, folder: `reports/c1/${result.campaign.profile}`, stopped: undefined }
  }),
  asked: { runs: 6, profiles: 2 },
  folder: 'reports/c1',
  seed: 42,
  unreported: undefined,
}

test('a profile that is only too slow is in the table and among no failures', () => {
  const text = comparisonEnd(end)
  expect(text).toContain('│ sdk-defaults │    1/3 │')
  expect(text).toContain('\n\nreports: reports/c1  seed: 42\n\n')
  expect(text).not.toMatch(/#\d+ fail/)
  expect(text.endsWith('\n\n6 of 6 runs judged under 2 of 2 profiles')).toBe(true)
})

test('a comparison that was stopped says why, and what could not be written', () => {
  const stopped = new ChaosError('interrupted by SIGINT', { code: 'CHAOS_INTERRUPTED' })
  const unreported = new ChaosError('the disk is full', { code: 'CHAOS_DISK_FULL', hint: 'Free some space.' })
  const text = comparisonEnd({ ...end, comparison: undefined, campaigns: [], unreported })
  expect(text).toBe(
    [
      'reports: reports/c1  seed: 42',
      'the reports are not complete: the disk is full [CHAOS_DISK_FULL]\nFree some space.',
      '0 of 6 runs judged under 0 of 2 profiles',
    ].join('\n\n'),
  )
  const campaigns = end.campaigns.slice(0, 1).map((one) => ({ ...one, stopped }))
  expect(comparisonEnd({ ...end, campaigns })).toContain(
    '\nstopped: interrupted by SIGINT [CHAOS_INTERRUPTED]\n',
  )
})
