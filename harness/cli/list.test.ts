import { expect, test } from 'vitest'
import { renderList } from './list.ts'

test('each scenario with its promise, its suites, what it strikes and its budget', () => {
  const scenarios = [
    {
      name: 'kill-worker-mid-sleep',
      promise: 'A durable timer outlives the worker that started it.',
      suites: ['smoke', 'gate', 'full'],
      budgetMs: 5_000,
      isolation: 'shared',
      needs: [],
      file: 'scenarios/kill-worker-mid-sleep.ts',
    },
    {
      name: 'restart-server',
      promise: 'A server that comes back knows all it was told.',
      suites: [],
      budgetMs: 2_500,
      isolation: 'own-cluster',
      needs: ['disconnect'],
      file: 'scenarios/restart-server.ts',
    },
  ] as const
  expect(renderList(scenarios)).toMatchInlineSnapshot(`
    "┌──────────────────────────────────┬─────────────────────────────────┬─────────┬─────────┬─────────┐
    │ scenario                         │ promise                         │ suites  │ strikes │  budget │
    ├──────────────────────────────────┼─────────────────────────────────┼─────────┼─────────┼─────────┤
    │ kill-worker-mid-sleep            │ A durable timer outlives the    │ smoke,  │ shared  │  5.00 s │
    │                                  │ worker that started it.         │ gate,   │         │         │
    │                                  │                                 │ full    │         │         │
    ├──────────────────────────────────┼─────────────────────────────────┼─────────┼─────────┼─────────┤
    │ restart-server                   │ A server that comes back knows  │ by name │ own-cl… │  2.50 s │
    │                                  │ all it was told.                │         │         │         │
    │                                  │ needs: disconnect               │         │         │         │
    └──────────────────────────────────┴─────────────────────────────────┴─────────┴─────────┴─────────┘"
  `)
})

test('an empty folder is said to be that', () => {
  expect(renderList([])).toBe('There is no scenario here.')
})
