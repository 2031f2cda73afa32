// The adapter in its own suite: names and messages of its tests, and leftovers after they end or are
// interrupted.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openPlace, type Place } from './support/place.ts'
import { recorded } from './support/recorded.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs')
const config = path.join('test', 'fixtures', 'suite', 'vitest.config.ts')

let place: Place
beforeEach(async () => {
  place = await openPlace()
})
afterEach(() => place[Symbol.asyncDispose]())

/** Runs in its own process group, as a terminal would run it. */
function suite(env: Readonly<Record<string, string>> = {}) {
  return execa(process.execPath, [vitest, 'run', '--config', config, '--reporter', 'verbose'], {
    cwd: root,
    env: {
      TMPDIR: place.tmp,
      CHAOS_OUT: place.reports,
      CHAOS_SEED: '7',
      NO_COLOR: '1',
      // Vitest sets this for its own workers; a user does not have it.
      NODE_ENV: undefined,
      NODE_OPTIONS: undefined,
      VITEST: undefined,
      ...env,
    },
    reject: false,
    all: true,
    detached: true,
    cleanup: false,
    stdin: 'ignore',
  })
}

async function nothingIsLeft(): Promise<void> {
  const left = () => [place.processes(), place.folders()]
  await expect.poll(left, { timeout: 5_000, interval: 50 }).toEqual([[], []])
}

test('runs are named tests; a failing one shows the console’s text, an impossible one is skipped', async () => {
  const { exitCode, all } = await suite()
  expect(all).toMatch(/✓ .*server #1/)
  expect(all).toMatch(/✓ .*the suite.s cluster was hit by no fault/)
  expect(all).toMatch(/↓ .*cut: local processes have no network of their own/)
  expect(all).toMatch(
    /worker #2 (fail|inconclusive: the machine was starved \(.*\)): timer 1 of worker-2-durableDemo-1 recovered in .*, over the budget of 1 ms/,
  )
  expect(all).toMatch(/fault +kill-worker on worker-1#1 .* exitSignal=SIGKILL/)
  expect(all).toMatch(/recovery .*, 1 ms allowed; cause: /)
  expect(all).toContain(`CHAOS_SEED=7 npx vitest run test/fixtures/suite/scenarios.ts -t 'worker #2$'`)
  expect(exitCode).toBe(1)
  await nothingIsLeft()
  // Records of passed runs are removed, those of other runs are kept.
  const [campaign = ''] = readdirSync(place.reports)
  const runs = path.join(place.reports, campaign, 'runs')
  expect(readdirSync(path.join(runs, 'worker'))).toEqual(['1', '2'])
  expect(readdirSync(path.join(runs, 'server'))).toEqual([])
})

test('a cluster that cannot start is a red suite that says why', async () => {
  const { exitCode, all } = await suite({ TMPDIR: '/proc' })
  expect(all).toMatch(/cannot make the temporary folder \/proc\//)
  expect(exitCode).toBe(1)
})

test('Ctrl-C during a run leaves nothing', async () => {
  const running = suite()
  const { pid } = running
  if (pid === undefined) throw new Error('vitest did not start')
  await recorded(place, ({ kind }) => kind === 'fault')
  process.kill(-pid, 'SIGINT')
  const { failed } = await running
  expect(failed).toBe(true)
  await nothingIsLeft()
})

test.runIf(process.platform === 'linux')(
  'children get nothing of vitest’s environment or arguments',
  async () => {
    const running = suite()
    await recorded(place, (entry) => entry.kind === 'incarnation' && entry.phase === 'ready')
    const worker = place.processes().find(({ command }) => command.includes('fixtures/worker.ts'))
    const told = (file: string) => readFileSync(`/proc/${worker?.pid ?? 0}/${file}`, 'utf8').split('\0')
    // Node and the worker's file. Each ends with a zero byte, and paths may have spaces.
    expect(told('cmdline')).toEqual([expect.any(String), expect.stringMatching(/worker\.ts$/), ''])
    const environment = told('environ')
    expect(environment.filter((one) => /^(NODE_ENV|NODE_OPTIONS|VITEST|VITE_|TEST=)/.test(one))).toEqual([])
    running.kill('SIGKILL')
    await running
    await nothingIsLeft()
  },
)
