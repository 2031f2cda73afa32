import { expect, test } from 'vitest'
import { asleepForADay, skippedToIt, woken } from '../../test/support/analysed-record.ts'
import { recordOf } from '../../test/support/stored-record.ts'
import { alignedHistories } from './aligned-history.ts'

const dayMs = 86_400_000

test('a history is aligned to the clock of the run, not to that of its workflow', () => {
  const [history] = alignedHistories(recordOf([...asleepForADay, ...skippedToIt, ...woken], []))
  const fired = woken[0]
  if (history === undefined || fired === undefined) throw new Error('a history with a timer that fired')
  expect(history.at(fired)).toBe(5_800)
  expect(history.virtualAt(fired)).toBe(dayMs + 1_800)
  expect(history.reachedAt(dayMs + 1_000)).toBe(5_000)
  expect(history.skippedMs).toBe(dayMs - 4_000)
})
