import { stripVTControlCharacters, styleText } from 'node:util'
import { expect, test } from 'vitest'
import {
  sampleResult,
  sampleRun,
  sampleScenario,
  troubledRuns,
} from '../../../test/support/campaign-results.ts'
import { proof, totals } from './campaign-end.ts'
import { failureBlock } from './failures.ts'
import type { Paint } from './paint.ts'
import { summaryTable } from './summary-table.ts'

const colourful: Paint = (format, text) => styleText(format, text, { validateStream: false })

function widest(text: string): number {
  return Math.max(...text.split('\n').map((line) => stripVTControlCharacters(line).length))
}

function passing(count: number): ReturnType<typeof sampleRun>[] {
  return Array.from({ length: count }, (_, index) => sampleRun(index + 1, { recoveryMs: 900 + index * 10 }))
}

const allPassed = sampleResult([sampleScenario(passing(10))], 10)
const mixed = sampleResult([sampleScenario([sampleRun(1), ...troubledRuns])], 6, {
  stopped: { reason: 'interrupted', message: 'SIGINT' },
  skipped: [{ scenario: 'pause-database', reason: 'no Docker here' }],
})
const nothing = sampleResult([], 10)

test('all passed', () => {
  expect(summaryTable(allPassed)).toMatchInlineSnapshot(`
    "┌───────────────────────┬──────────┬──────────────┬─────────┬─────────┬────────────────────────────┐
    │ scenario              │   passed │ recovery min │  median │     max │ cause                      │
    ├───────────────────────┼──────────┼──────────────┼─────────┼─────────┼────────────────────────────┤
    │ kill-worker-mid-sleep │    10/10 │       900 ms │  945 ms │  990 ms │ sticky schedule-to-start   │
    │                       │          │              │         │         │ timeout, 960 ms            │
    └───────────────────────┴──────────┴──────────────┴─────────┴─────────┴────────────────────────────┘"
  `)
  expect(failureBlock(allPassed, 'reports/c1')).toBe('')
  expect(proof(allPassed)).toBe('10 of 10: at least 74 % reliable at 95 % confidence')
  expect(totals(allPassed)).toBe('10 passed, 0 failed')
})

test('failed, inconclusive, errored and not executed runs', () => {
  expect(summaryTable(mixed)).toMatchInlineSnapshot(`
    "┌───────────────────────┬──────────┬──────────────┬─────────┬─────────┬────────────────────────────┐
    │ scenario              │   passed │ recovery min │  median │     max │ cause                      │
    ├───────────────────────┼──────────┼──────────────┼─────────┼─────────┼────────────────────────────┤
    │ kill-worker-mid-sleep │      1/6 │       1.03 s │  5.53 s │ 10.02 s │ sticky schedule-to-start   │
    │                       │          │              │         │         │ timeout, 9.99 s            │
    └───────────────────────┴──────────┴──────────────┴─────────┴─────────┴────────────────────────────┘
    skipped pause-database: no Docker here"
  `)
  expect(failureBlock(mixed, 'reports/c1')).toMatchInlineSnapshot(`
    "kill-worker-mid-sleep #2 fail: the timer of order-7 went on after 10.02 s, allowed are 5.00 s
      recovery  the timer of order-7 went on after 10.02 s, allowed are 5.00 s [CHAOS_RECOVERY_SLOW]
      hint      Lower stickyQueueScheduleToStartTimeout, or run with --profile tuned.
      checks    16 kept, 1 broken (recovery), 1 not checked: expectations, the scenario has no expectations of its own
      fault     kill-worker on worker-1#1 at 1.20 s, confirmed after 4 ms, away for 980 ms; signal=SIGKILL pid=4242
      recovery  10.02 s, 5.00 s allowed; cause: sticky schedule-to-start timeout, 9.99 s (stickyQueueScheduleToStartTimeout)
      probes    after the heal: query 1.01 s
      clock     figures are exact to 2 ms
      drawn     due=after the outage
      record    reports/c1/runs/kill-worker-mid-sleep/2
      again     pnpm chaos replay reports/c1/runs/kill-worker-mid-sleep/2
                pnpm chaos run kill-worker-mid-sleep --run 2 --seed 42 --profile tuned

    kill-worker-mid-sleep #3 inconclusive: worker-1#1 was still alive after SIGKILL
      fault-proven  worker-1#1 was still alive after SIGKILL
      checks        16 kept, 1 broken (fault-proven), 1 not checked: expectations, the scenario has no expectations of its own
      fault         kill-worker on worker-1#1 at 1.20 s, never confirmed
      recovery      not measured
      probes        after the heal: query 1.01 s
      clock         figures are exact to 2 ms
      drawn         due=after the outage
      record        reports/c1/runs/kill-worker-mid-sleep/3
      again         pnpm chaos replay reports/c1/runs/kill-worker-mid-sleep/3
                    pnpm chaos run kill-worker-mid-sleep --run 3 --seed 42 --profile tuned

    kill-worker-mid-sleep #4 error: postgres died
      reported-errors  postgres died
                       last line of its log
      checks           16 kept, 1 broken (reported-errors), 1 not checked: expectations, the scenario has no expectations of its own
      recovery         not measured
      probes           after the heal: query 1.01 s
      clock            figures are exact to 2 ms
      record           reports/c1/runs/kill-worker-mid-sleep/4
      again            pnpm chaos replay reports/c1/runs/kill-worker-mid-sleep/4
                       pnpm chaos run kill-worker-mid-sleep --run 4 --seed 42 --profile tuned

    kill-worker-mid-sleep #5, #6 not executed: interrupted: SIGINT
      again  pnpm chaos run kill-worker-mid-sleep --run 5 --seed 42 --profile tuned"
  `)
  expect(proof(mixed)).toBe('')
  expect(totals(mixed)).toBe('1 passed, 5 failed')
})

test('a soak proves something only about a scenario drawn at random, because it draws scenarios unequally often', () => {
  const result = sampleResult([sampleScenario(passing(12)), sampleScenario(passing(8), 'restart-server')], 10)
  const [first, second] = result.scenarios
  if (first === undefined || second === undefined) throw new Error('there is no scenario')
  const uneven = {
    ...result,
    scenarios: [
      { ...first, required: 12 },
      { ...second, required: 8 },
    ],
  }
  expect(proof(result)).toBe('each scenario 10 of 10: at least 74 % reliable at 95 % confidence')
  expect(proof(uneven)).toBe('scenarios drawn at random: 20 of 20: at least 86 % reliable at 95 % confidence')
})

test('only the failures that the caller selects', () => {
  const block = failureBlock(mixed, 'reports/c1', undefined, ({ verdict }) => verdict !== 'fail')
  expect(block).not.toContain('#2 fail')
  expect(block).toContain('#3 inconclusive')
})

test('nothing was selected', () => {
  expect(summaryTable(nothing)).toBe('')
  expect(failureBlock(nothing, 'reports/c1')).toBe('')
  expect(proof(nothing)).toBe('')
  expect(totals(nothing)).toBe('0 passed, 0 failed')
})

test('recovery that was not measured is a dash', () => {
  const scenario = sampleScenario([sampleRun(1, { recoveryMs: null })])
  expect(summaryTable(sampleResult([scenario], 1))).toMatch(/1\/1 │ +- │ +- │ +- │ - /)
})

test('percentiles appear from 20 runs up', () => {
  expect(summaryTable(sampleResult([sampleScenario(passing(19))], 19))).not.toContain('p95')
  expect(summaryTable(sampleResult([sampleScenario(passing(20))], 20))).toContain('p95')
})

test('the table fits 100 columns, with and without colours', () => {
  const long = sampleScenario(
    passing(20),
    'kill-worker-while-its-child-workflow-waits-for-a-signal-of-another',
  )
  for (const result of [allPassed, mixed, sampleResult([long], 20)]) {
    expect(widest(summaryTable(result))).toBeLessThanOrEqual(100)
    expect(stripVTControlCharacters(summaryTable(result, colourful))).toBe(summaryTable(result))
  }
})

test('details of many failures do not push the first off the screen, and every failure has its rerun command', () => {
  const runs = Array.from({ length: 14 }, (_, index) =>
    sampleRun(index + 1, { verdict: 'fail', reason: 'late', choices: {}, faults: [] }),
  )
  const block = failureBlock(sampleResult([sampleScenario(runs)], 30), 'reports/c1')
  expect(block).toContain('#10 fail')
  expect(block).not.toContain('#11 fail: late')
  const [, brief = ''] = block.split('\n\nand ')
  expect(brief.split('\n\n')[0]).toMatchInlineSnapshot(`
    "4 more, with details in reports/c1/junit.xml:
    kill-worker-mid-sleep #11 fail
      again  pnpm chaos run kill-worker-mid-sleep --run 11 --seed 42 --profile tuned
    kill-worker-mid-sleep #12 fail
      again  pnpm chaos run kill-worker-mid-sleep --run 12 --seed 42 --profile tuned
    kill-worker-mid-sleep #13 fail
      again  pnpm chaos run kill-worker-mid-sleep --run 13 --seed 42 --profile tuned
    kill-worker-mid-sleep #14 fail
      again  pnpm chaos run kill-worker-mid-sleep --run 14 --seed 42 --profile tuned"
  `)
  expect(block.match(/ again {2}/g)).toHaveLength(14 + 1)
  expect(block).toContain('#23, #24, ... (16 runs) not executed')
})
