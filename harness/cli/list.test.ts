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
    "┌────────────────────┬───────────┬────────────────────────────────┬──────────────────────┬──────────┐
    │ fault              │ target is │ what it does                   │ healed by            │ backends │
    ├────────────────────┼───────────┼────────────────────────────────┼──────────────────────┼──────────┤
    │ kill-worker        │ dead      │ SIGKILL to the worker and all  │ nothing: the         │ process, │
    │                    │           │ that it started: it ends at    │ scenario starts the  │ docker,  │
    │                    │           │ once and tells nobody.         │ next incarnation     │ external │
    ├────────────────────┼───────────┼────────────────────────────────┼──────────────────────┼──────────┤
    │ terminate-worker   │ stopped   │ SIGTERM to the worker: it may  │ nothing: the         │ process, │
    │                    │           │ finish what it has, then it    │ scenario starts the  │ docker,  │
    │                    │           │ leaves; SIGKILL if it takes    │ next incarnation     │ external │
    │                    │           │ too long.                      │                      │          │
    ├────────────────────┼───────────┼────────────────────────────────┼──────────────────────┼──────────┤
    │ pause-worker       │ frozen    │ SIGSTOP to the worker and all  │ SIGCONT              │ process, │
    │                    │           │ that it started: it keeps its  │                      │ docker,  │
    │                    │           │ connections and its tasks, and │                      │ external │
    │                    │           │ does nothing.                  │                      │          │
    ├────────────────────┼───────────┼────────────────────────────────┼──────────────────────┼──────────┤
    │ kill-service       │ dead      │ SIGKILL to every process of    │ a new start on the   │ process, │
    │                    │           │ the service at once.           │ same ports and data  │ docker   │
    ├────────────────────┼───────────┼────────────────────────────────┼──────────────────────┼──────────┤
    │ stop-service       │ stopped   │ A clean stop of the service;   │ a new start on the   │ process, │
    │                    │           │ SIGKILL if it takes too long.  │ same ports and data  │ docker   │
    ├────────────────────┼───────────┼────────────────────────────────┼──────────────────────┼──────────┤
    │ pause-service      │ frozen    │ Every process of the service   │ the end of the       │ process, │
    │                    │           │ stands still; its connections  │ freeze               │ docker   │
    │                    │           │ stay open.                     │                      │          │
    ├────────────────────┼───────────┼────────────────────────────────┼──────────────────────┼──────────┤
    │ disconnect-service │ cut       │ The service is taken off its   │ putting it back on   │ docker   │
    │                    │           │ network, and goes on running.  │ the network          │          │
    └────────────────────┴───────────┴────────────────────────────────┴──────────────────────┴──────────┘"
  `)
})
