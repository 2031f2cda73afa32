import { expect, test } from 'vitest'
import { renderFaults, renderList } from './list.ts'

test('each scenario with its promise, its suites, its cluster and its budget', () => {
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
    │ scenario                         │ promise                         │ suites  │ cluster │  budget │
    ├──────────────────────────────────┼─────────────────────────────────┼─────────┼─────────┼─────────┤
    │ kill-worker-mid-sleep            │ A durable timer outlives the    │ smoke,  │ shared  │  5.00 s │
    │                                  │ worker that started it.         │ gate,   │         │         │
    │                                  │                                 │ full    │         │         │
    ├──────────────────────────────────┼─────────────────────────────────┼─────────┼─────────┼─────────┤
    │ restart-server                   │ A server that comes back knows  │ by name │ own     │  2.50 s │
    │                                  │ all it was told.                │         │         │         │
    │                                  │ needs: disconnect               │         │         │         │
    └──────────────────────────────────┴─────────────────────────────────┴─────────┴─────────┴─────────┘"
  `)
})

test('an empty folder is said to be that', () => {
  expect(renderList([])).toBe('There is no scenario here.')
})

test('each built-in fault with its effect, its sentence, its heal and its backends', () => {
  expect(renderFaults()).toMatchInlineSnapshot(`
    "┌────────────────────┬───────────┬──────────────────────────────┬─────────────────────┬─────────────┐
    │ fault              │ target is │ what it does                 │ healed by           │ backends    │
    ├────────────────────┼───────────┼──────────────────────────────┼─────────────────────┼─────────────┤
    │ kill-worker        │ dead      │ SIGKILL to the worker and    │ nothing: the        │ process,    │
    │                    │           │ all that it started: it ends │ scenario starts the │ docker,     │
    │                    │           │ at once and tells nobody.    │ next incarnation    │ external,   │
    │                    │           │                              │                     │ dev-server  │
    ├────────────────────┼───────────┼──────────────────────────────┼─────────────────────┼─────────────┤
    │ terminate-worker   │ stopped   │ SIGTERM to the worker: it    │ nothing: the        │ process,    │
    │                    │           │ may finish what it has, then │ scenario starts the │ docker,     │
    │                    │           │ it leaves; SIGKILL if it     │ next incarnation    │ external,   │
    │                    │           │ takes too long.              │                     │ dev-server  │
    ├────────────────────┼───────────┼──────────────────────────────┼─────────────────────┼─────────────┤
    │ pause-worker       │ frozen    │ SIGSTOP to the worker and    │ SIGCONT             │ process,    │
    │                    │           │ all that it started: it      │                     │ docker,     │
    │                    │           │ keeps its connections and    │                     │ external,   │
    │                    │           │ its tasks, and does nothing. │                     │ dev-server  │
    ├────────────────────┼───────────┼──────────────────────────────┼─────────────────────┼─────────────┤
    │ kill-service       │ dead      │ SIGKILL to every process of  │ a new start on the  │ process,    │
    │                    │           │ the service at once.         │ same ports and data │ docker,     │
    │                    │           │                              │                     │ dev-server  │
    ├────────────────────┼───────────┼──────────────────────────────┼─────────────────────┼─────────────┤
    │ stop-service       │ stopped   │ A clean stop of the service; │ a new start on the  │ process,    │
    │                    │           │ SIGKILL if it takes too      │ same ports and data │ docker,     │
    │                    │           │ long.                        │                     │ dev-server  │
    ├────────────────────┼───────────┼──────────────────────────────┼─────────────────────┼─────────────┤
    │ pause-service      │ frozen    │ Every process of the service │ the end of the      │ process,    │
    │                    │           │ stands still; its            │ freeze              │ docker,     │
    │                    │           │ connections stay open.       │                     │ dev-server  │
    ├────────────────────┼───────────┼──────────────────────────────┼─────────────────────┼─────────────┤
    │ disconnect-service │ cut       │ The service is taken off its │ putting it back on  │ docker      │
    │                    │           │ network, and goes on         │ the network         │             │
    │                    │           │ running.                     │                     │             │
    └────────────────────┴───────────┴──────────────────────────────┴─────────────────────┴─────────────┘"
  `)
})
