import { expect, test } from 'vitest'
import { sampleResult } from '../../test/support/campaign-results.ts'
import { replayCommand, rerunCommand } from './rerun.ts'

function command(settings: Record<string, unknown>, scenario = 'kill-worker-mid-sleep'): string {
  return rerunCommand({ ...sampleResult([], 1).campaign, settings }, scenario, 3)
}

test('scenario, run, seed and profile are always there', () => {
  expect(command({})).toBe('pnpm chaos run kill-worker-mid-sleep --run 3 --seed 42 --profile tuned')
})

test('settings that decide how a run goes are shown unless they have their default', () => {
  expect(command({ budget: 1, backend: 'process', runs: 10, concurrency: 2, out: 'elsewhere' })).toBe(
    'pnpm chaos run kill-worker-mid-sleep --run 3 --seed 42 --profile tuned --budget 1 --backend process',
  )
  expect(command({ backend: 'auto', budget: undefined, temporalServer: null })).not.toContain('--backend')
})

test('arguments that a shell would split are quoted', () => {
  expect(command({ temporalServer: "/my server's/temporal-server" })).toContain(
    `--temporal-server '/my server'\\''s/temporal-server'`,
  )
  expect(command({}, 'a b')).toContain("pnpm chaos run 'a b' --run")
})

test('a replay says only what its plan does not', () => {
  const campaign = {
    ...sampleResult([], 1).campaign,
    settings: { budget: 1, backend: 'docker', worker: 'container' },
  }
  expect(replayCommand(campaign, 'reports/a b/runs/kill/1')).toBe(
    "pnpm chaos replay 'reports/a b/runs/kill/1' --worker container",
  )
})

test('a run that was held against a golden run is held against one again', () => {
  expect(command({ golden: true })).toMatch(/ --golden$/)
  expect(command({ golden: false })).not.toContain('--golden')
})

test('what allows faults on an external cluster is said again, as it was typed', () => {
  const { campaign } = sampleResult([], 1)
  const consent = { namespace: 'orders-chaos', yesStrikeWorkersOf: 'orders-chaos' }
  const given = { ...campaign, settings: { backend: 'external' }, consent }
  const flags = '--namespace orders-chaos --yes-strike-workers-of orders-chaos'
  expect(rerunCommand(given, 'order/kill-worker@start', 1)).toBe(
    `pnpm chaos run order/kill-worker@start --run 1 --seed 42 --profile tuned --backend external ${flags}`,
  )
  expect(replayCommand(given, 'reports/r')).toBe(`pnpm chaos replay reports/r ${flags}`)
  expect(replayCommand({ ...given, consent: { namespace: 'a b' } }, 'reports/r')).toBe(
    "pnpm chaos replay reports/r --namespace 'a b'",
  )
})
