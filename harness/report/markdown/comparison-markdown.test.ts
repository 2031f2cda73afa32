import { expect, test } from 'vitest'
import { quickProfile, slowProfile } from '../../../test/support/comparison-results.ts'
import { compareResults } from '../comparison.ts'
import { comparisonMarkdown } from './comparison-markdown.ts'

const comparison = compareResults([slowProfile, quickProfile], {
  id: 'c1',
  profiles: ['sdk-defaults', 'tuned'],
})

test('in Markdown: one table, and the source of its figures', () => {
  expect(comparisonMarkdown(comparison)).toMatchInlineSnapshot(`
    "| scenario | profile | passed | min | median | max | causes | costs |
    | --- | --- | --: | --: | --: | --: | --- | --- |
    | kill-worker-mid-sleep | \`sdk-defaults\` | 1/3 | 80 ms | 10.03 s | 10.03 s | sticky schedule-to-start timeout 10.00 s ×2 | 2 workflow tasks timed out; 4 activity attempts repeated |
    | kill-worker-mid-sleep | \`tuned\` | 3/3 | 1.01 s | 1.02 s | 1.03 s | sticky schedule-to-start timeout 990 ms ×3 | 3 workflow tasks timed out; 1.20 s of work redone |

    Recovery of 3 runs each, campaign seed 42; Temporal 1.32.2 on PostgreSQL 18.4, TypeScript SDK 1.24.0; 2 cores, linux-x64.
    "
  `)
})

test('missing measurements are shown', () => {
  const [scenario] = comparison.scenarios
  const [first] = scenario?.profiles ?? []
  if (scenario === undefined || first === undefined) throw new Error('the comparison is empty')
  const recovery = { minMs: null, medianMs: null, maxMs: null, pointsMs: [], unmeasured: 3 }
  const costs = { workflowTasksTimedOut: 1, activityAttempts: 1, redoneMs: 0 }
  const unmeasured = { ...first, recovery, causes: [], costs }
  const text = comparisonMarkdown({ ...comparison, scenarios: [{ ...scenario, profiles: [unmeasured] }] })
  expect(text).toContain(
    '| - | - | - | not measured ×3 | 1 workflow task timed out; 1 activity attempt repeated |',
  )
})
