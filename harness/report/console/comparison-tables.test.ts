import { stripVTControlCharacters, styleText } from 'node:util'
import { expect, test } from 'vitest'
import { quickProfile, slowProfile } from '../../../test/support/comparison-results.ts'
import { comparisonTables } from './comparison-tables.ts'
import { compareResults } from '../comparison.ts'

const comparison = compareResults([slowProfile, quickProfile], {
  id: 'c1',
  profiles: ['sdk-defaults', 'tuned'],
})

test('on the console: a table for each scenario, at most 100 columns wide with and without colours', () => {
  const text = comparisonTables(comparison)
  expect(text).toMatchInlineSnapshot(`
    "kill-worker-mid-sleep, 5.00 s allowed
    ┌──────────────┬────────┬──────────┬─────────┬─────────┬─────────────────────────┬─────────────────┐
    │ profile      │ passed │ recovery │  median │     max │ causes                  │ costs           │
    │              │        │      min │         │         │                         │                 │
    ├──────────────┼────────┼──────────┼─────────┼─────────┼─────────────────────────┼─────────────────┤
    │ sdk-defaults │    1/3 │    80 ms │ 10.03 s │ 10.03 s │ sticky                  │ 2 workflow      │
    │              │        │          │         │         │ schedule-to-start       │ tasks timed out │
    │              │        │          │         │         │ timeout 10.00 s ×2      │ 4 activity      │
    │              │        │          │         │         │                         │ attempts        │
    │              │        │          │         │         │                         │ repeated        │
    ├──────────────┼────────┼──────────┼─────────┼─────────┼─────────────────────────┼─────────────────┤
    │ tuned        │    3/3 │   1.01 s │  1.02 s │  1.03 s │ sticky                  │ 3 workflow      │
    │              │        │          │         │         │ schedule-to-start       │ tasks timed out │
    │              │        │          │         │         │ timeout 990 ms ×3       │ 1.20 s of work  │
    │              │        │          │         │         │                         │ redone          │
    └──────────────┴────────┴──────────┴─────────┴─────────┴─────────────────────────┴─────────────────┘"
  `)
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
  const colourful = comparisonTables(comparison, (format, part) =>
    styleText(format, part, { validateStream: false }),
  )
  expect(stripVTControlCharacters(colourful)).toBe(text)
})
