// The command line as a user meets it: good and bad input, exit codes, reports, interruptions.
import { existsSync } from 'node:fs'
import { chmod, open, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chaos, latest, latestTiming, said, unhurried } from './support/chaos.ts'
import { startForeign } from './support/foreign.ts'
import { openPlace, type Place } from './support/place.ts'
import { recorded } from './support/recorded.ts'

/** Campaigns here have one scenario: the tests are about the command, not about the suites. */
const scenario = 'kill-worker-mid-sleep'

const throwOnSignal = fileURLToPath(new URL('fixtures/throw-on-signal.ts', import.meta.url))

/** Late is `fail`; on a machine that other tests starve, it is `inconclusive`, with the figures. */
function codeOfLateRun(all: string): 1 | 3 {
  return /inconclusive: the machine was starved \(.*over the budget of 1 ms/.test(all) ? 3 : 1
}

let place: Place
beforeEach(async () => {
  place = await openPlace()
})
afterEach(async () => {
  await using done = place
  expect({ processes: done.processes(), folders: done.folders() }).toEqual({ processes: [], folders: [] })
})

describe('wrong usage ends with 2, a clear message and nothing started', () => {
  test.each([
    [
      ['run', 'kill-worker-mid-slep'],
      /there is no scenario "kill-worker-mid-slep".*\nDid you mean kill-worker-mid-sleep\?/,
    ],
    [
      ['run', 'disconnect-postgres', '--backend', 'process'],
      /disconnect-postgres cannot run on backend process: .* \[CHAOS_SCENARIO_UNAVAILABLE\]\nAdd --backend docker\./,
    ],
    [['--runs', '0'], /--runs takes a whole number from 1 to 10000, got "0"/],
    [['--runs', '-1'], /--runs takes a whole number from 1 to 10000, got "-1"/],
    [['--runs', 'ten'], /--runs takes a whole number from 1 to 10000, got "ten"/],
    [['--budget', '0'], /--budget takes a whole number from 1 to 60000, got "0"/],
    [['--budget', 'soon'], /--budget takes a whole number/],
    [['--suite', 'smok'], /--suite takes one of smoke, gate, full, soak, got "smok".*\nDid you mean smoke\?/],
    [
      ['--for', '30m'],
      /--for sets the length of a soak, and this campaign is not a soak.*\nAdd --suite soak\./,
    ],
    [['--suite', 'soak', '--for', 'soon'], /--for takes a duration such as 90s, 30m or 1h30m/],
    [['--suite', 'soak', '--runs', '3'], /a soak takes no --runs/],
    [
      ['--run', '5', '--runs', '3'],
      /--run repeats one run, and --runs says how many.*\nLeave one of them out/,
    ],
    [['plan', 'kill-worker-mid-slep'], /\[CHAOS_UNKNOWN_SCENARIO\]\nDid you mean kill-worker-mid-sleep\?/],
    [['plan'], /missing required argument 'scenario'/],
    [['replay'], /missing required argument 'plan'/],
    [['replay', '/does/not/exist'], /there is no plan: .*\/does\/not\/exist.* \[CHAOS_PLAN_NOT_FOUND\]/],
    [['replay', 'scenarios'], /there is no plan: .*scenarios\/plan\.json.* \[CHAOS_PLAN_NOT_FOUND\]/],
    [['compare'], /missing required argument 'scenario'/],
    [['compare', scenario, '--profiles', 'tuned,fast'], /there is no profile "fast"/],
    [['compare', scenario, '--profiles', 'tund'], /there is no profile "tund".*\nDid you mean tuned\?/],
    [['--profile', 'fast'], /--profile takes one of sdk-defaults, tuned/],
    [['--backend', 'moon'], /--backend takes one of auto, process/],
    [['--colour'], /unknown option '--colour'/],
    [['--temporal-server', '/does/not/exist'], /\/does\/not\/exist/],
  ])('%j', async (args, message) => {
    const { exitCode, all } = await chaos(place, ...args)
    expect(all).toMatch(message)
    expect(exitCode).toBe(2)
  })

  test('a reports folder that is a file', async () => {
    await writeFile(place.reports, '')
    const { exitCode, all } = await chaos(place)
    expect(all).toMatch(/--out/)
    expect(exitCode).toBe(2)
  })

  test('a server binary that is not executable, or of another version', async () => {
    const server = path.join(place.tmp, 'temporal-server')
    await writeFile(server, '#!/bin/sh\necho temporal version 1.0.0\n', { mode: 0o644 })
    const plain = await chaos(place, '--temporal-server', server)
    expect(plain.all).toMatch(/not executable/)
    expect(plain.exitCode).toBe(2)
    await chmod(server, 0o755)
    const old = await chaos(place, '--temporal-server', server)
    expect(old.all).toMatch(/1\.0\.0/)
    expect(old.exitCode).toBe(2)
  })
})

describe('a plan', () => {
  const edit = (text: string, from: string, to: string) => text.replace(from, to)

  test.each([
    [
      'is not JSON',
      (text: string) => text.slice(0, 40),
      /plan\.json is not a plan:\n.*JSON.*\[CHAOS_PLAN_INVALID\]/,
    ],
    [
      'lacks a field',
      (text: string) => edit(text, '"run": 1,', ''),
      /plan\.json is not a plan:\n.*\n *→ at run \[CHAOS_PLAN_INVALID\]/,
    ],
    [
      'has a choice that the scenario does not make',
      (text: string) => edit(text, '"timer is due"', '"timer is du"'),
      /makes no choice "timer is du" in this run \[CHAOS_PLAN_UNKNOWN_CHOICE\]\nDid you mean timer is due\?/,
    ],
    [
      'has a choice of another value',
      (text: string) => edit(text, '"value": "', '"value": "not '),
      /the choice "timer is due" .* \[CHAOS_PLAN_INVALID_CHOICE\]\nIts options: "during the outage", "after/,
    ],
    [
      'is of another version of the scenario',
      (text: string) => edit(text, '"version": "', '"version": "0'),
      /\[CHAOS_PLAN_OUTDATED\]\nMake a new plan with `pnpm chaos plan kill-worker-mid-sleep --seed 42 --run 1`/,
    ],
    [
      'is of a newer schema',
      (text: string) => edit(text, '"schema": 1', '"schema": 9'),
      /\[CHAOS_PLAN_TOO_NEW\]/,
    ],
  ])('that %s is refused with 2, and nothing starts', async (_, damage, message) => {
    const file = path.join(place.tmp, 'plan.json')
    const planned = await chaos(place, 'plan', scenario, '--seed', '42', '--out', file)
    expect(planned.exitCode).toBe(0)
    await writeFile(file, damage(await readFile(file, 'utf8')))
    const { exitCode, all } = await chaos(place, 'replay', file)
    expect(all).toMatch(message)
    expect(exitCode).toBe(2)
  })

  test('is what the run writes; edited, its replay does what the edit says', async () => {
    const unhurriedly = ['--seed', '42', '--budget', '20000']
    const planned = await chaos(place, 'plan', scenario, ...unhurriedly, '--json')
    const ran = await chaos(place, scenario, '--runs', '1', ...unhurriedly)
    expect([planned.exitCode, ran.exitCode]).toEqual([0, 0])
    const written = await latest(place.reports, `runs/${scenario}/1/plan.json`)
    expect(JSON.parse(written)).toEqual(JSON.parse(planned.stdout))
    const file = path.join(place.tmp, 'plan.json')
    await writeFile(file, edit(written, '"value": "during the outage"', '"value": "after the outage"'))
    const replayed = await chaos(place, 'replay', file, '--budget', '1')
    expect(replayed.exitCode).toBe(codeOfLateRun(replayed.all))
    expect(replayed.all).toMatch(/unlike the plan: budget is 1 ms; the plan says 20000 ms/)
    expect(replayed.all).toMatch(
      /unlike the seed: timer is due is after the outage; the seed draws during the outage/,
    )
    expect(replayed.all).toMatch(/given +timer is due=after the outage/)
    // The seed would draw something else, so only the plan repeats this run.
    expect(replayed.all).toMatch(/again +pnpm chaos replay \S+\/runs\/kill-worker-mid-sleep\/1\n/)
    expect(replayed.all).not.toMatch(/pnpm chaos run/)
  })
})

describe('a campaign', () => {
  test('a budget that is impossible to meet: exit 1, with the rerun command', async () => {
    const { exitCode, all } = await chaos(place, scenario, '--runs', '1', '--seed', '5', '--budget', '1')
    expect(all).toMatch(/over the budget of/)
    expect(all).toContain(
      'pnpm chaos run kill-worker-mid-sleep --run 1 --seed 5 --profile tuned --budget 1 --backend process',
    )
    expect(all).toMatch(/0 passed, 1 failed$/)
    expect(exitCode).toBe(codeOfLateRun(all))
    expect(await latest(place.reports, 'junit.xml')).toMatch(exitCode === 1 ? /<failure/ : /<error/)
  })

  test('the server is killed from outside: exit 3, with the end of its log', async () => {
    const running = chaos(place, scenario, '--runs', '1')
    await said(running, /cluster: Temporal/)
    const server = place.processes().find(({ command }) => command.includes('temporal-server'))
    if (server === undefined) throw new Error('the server is not among its processes')
    process.kill(server.pid, 'SIGKILL')
    const { exitCode, all } = await running
    expect(all).toMatch(/temporal-server.*SIGKILL/)
    expect(all).toMatch(/0 passed, 1 failed$/)
    expect(exitCode).toBe(3)
  })

  test('interrupted after a run: healed, partial reports, exit 130', async () => {
    const running = chaos(place, scenario, '--runs', '4', '--concurrency', '1')
    await said(running, /#1 .*recovery/)
    // Shows which processes are checked at the end, including PostgreSQL's children.
    const commands = place.processes().map(({ command }) => command)
    for (const one of [/temporal-server/, /postgres -D/, /^postgres: checkpointer/])
      expect(commands).toContainEqual(expect.stringMatching(one))
    running.kill('SIGINT')
    const { exitCode, all } = await running
    expect(all).toMatch(/healing/)
    expect(exitCode).toBe(130)
    const { gate } = await latestTiming(place.reports)
    expect(gate).toMatchObject({ executed: 1, ok: false, stopped: { reason: 'interrupted' } })
  })

  test.each(['SIGTERM', 'SIGHUP'] as const)('%s interrupts as well', async (signal) => {
    const running = chaos(place, scenario, '--runs', '2')
    await said(running, /starting the Temporal server/)
    running.kill(signal)
    const { exitCode, all } = await running
    expect(all).toMatch(/healing/)
    expect(exitCode).toBe(130)
    const { gate } = await latestTiming(place.reports)
    expect(gate).toMatchObject({ executed: 0, ok: false, stopped: { reason: 'interrupted' } })
  })

  test.each([
    ['before anything is started', /1 scenario, profile/],
    ['while the database starts', /starting PostgreSQL/],
    ['while the server starts', /starting the Temporal server/],
    ['when the cluster is up', /cluster: Temporal/],
  ])('interrupted %s: exit 130, and the reports say that nothing ran', async (_, phase) => {
    const running = chaos(place, scenario, '--runs', '2')
    await said(running, phase)
    running.kill('SIGINT')
    const { exitCode, all } = await running
    expect(all).toMatch(/healing/)
    expect(exitCode).toBe(130)
    const { gate } = await latestTiming(place.reports)
    expect(gate).toMatchObject({ required: 2, executed: 0, ok: false, stopped: { reason: 'interrupted' } })
  })

  test('interrupted while the worker is down: healed, exit 130', async () => {
    const running = chaos(place, scenario, '--runs', '2', '--concurrency', '1')
    await recorded(place, ({ kind }) => kind === 'fault')
    running.kill('SIGINT')
    const { exitCode, all } = await running
    expect(all).toMatch(/0 passed, 2 failed$/)
    expect(exitCode).toBe(130)
    const { gate } = await latestTiming(place.reports)
    expect(gate).toMatchObject({ executed: 0, stopped: { reason: 'interrupted' } })
  })

  test('interrupted while signals are sent in the background: healed, exit 130, and no uncaught error', async () => {
    const running = chaos(place, 'kill-postgres', '--runs', '1')
    await recorded(place, ({ kind }) => kind === 'fault')
    running.kill('SIGINT')
    const { exitCode, all } = await running
    expect(all).not.toMatch(/nobody caught/)
    expect(exitCode).toBe(130)
  })

  test('interrupted twice: ends at once, exit 130, and the guard leaves nothing', async () => {
    const running = chaos(place, scenario, '--runs', '2', '--concurrency', '1')
    await recorded(place, ({ kind }) => kind === 'fault')
    running.kill('SIGINT')
    await said(running, /healing/)
    running.kill('SIGINT')
    const { exitCode, all } = await running
    expect(all).not.toMatch(/passed, \d+ failed/)
    expect(exitCode).toBe(130)
    const left = () => [place.processes(), place.folders()]
    await expect.poll(left, { timeout: 5_000, interval: 50 }).toEqual([[], []])
  })

  test('an uncaught error: healed, with its stack, exit 3', async () => {
    const running = chaos({ ...place, preload: throwOnSignal }, scenario, '--runs', '2', '--concurrency', '1')
    await recorded(place, ({ kind }) => kind === 'fault')
    running.kill('SIGUSR2')
    const { exitCode, all } = await running
    expect(all).toMatch(/uncaught error: out of the blue \[CHAOS_UNCAUGHT\]\nError: out of/)
    expect(all).toMatch(/at .*throw-on-signal\.ts/)
    expect(all).toMatch(/0 passed, 2 failed$/)
    expect(exitCode).toBe(3)
    const { gate } = await latestTiming(place.reports)
    expect(gate).toMatchObject({ executed: 0, ok: false, stopped: { reason: 'error' } })
  })

  test('leaves similar programs alone: a PostgreSQL, a process named temporal-server', async () => {
    await using foreign = await startForeign()
    const before = await foreign.identity()
    expect(before.pids).toHaveLength(2)
    const { exitCode, all } = await chaos(place, ...unhurried)
    expect(all).toMatch(/1 passed, 0 failed$/)
    expect(exitCode).toBe(0)
    const killed = chaos(place, scenario, '--runs', '1')
    await recorded(place, ({ kind }) => kind === 'fault')
    killed.kill('SIGKILL')
    await killed
    await expect.poll(() => place.processes(), { timeout: 5_000, interval: 50 }).toEqual([])
    expect(await foreign.identity()).toEqual(before)
  })

  test('--bail stops at the first run that does not pass', async () => {
    const { exitCode } = await chaos(
      place,
      scenario,
      '--runs',
      '6',
      '--concurrency',
      '1',
      '--budget',
      '1',
      '--bail',
    )
    expect(exitCode).toBe(1)
    const { gate } = await latestTiming(place.reports)
    expect(gate).toMatchObject({ required: 6, executed: 1, stopped: { reason: 'bail' } })
  })

  test('two campaigns at once on one machine both pass', async () => {
    const campaigns = ['a', 'b'].map((name) =>
      chaos(place, ...unhurried, '--out', path.join(place.reports, name)),
    )
    for (const { exitCode, all } of await Promise.all(campaigns)) {
      expect(all).toMatch(/1 passed, 0 failed$/)
      expect(exitCode).toBe(0)
    }
  })

  test('a dry run shows the seeds and starts nothing', async () => {
    const { exitCode, all } = await chaos(place, scenario, '--dry-run', '--runs', '2', '--seed', '5')
    expect(all).toMatch(/kill-worker-mid-sleep #2 {2}seed \d+/)
    expect(exitCode).toBe(0)
  })
})

describe.runIf(existsSync('/dev/full'))('an output that cannot be written: one line says so, exit 3', () => {
  test.each([['list'], ['doctor'], ['--dry-run']])('%s', async (command) => {
    const full = await open('/dev/full', 'w')
    const { exitCode, stderr } = await chaos({ ...place, stdout: full.fd }, command)
    await full.close()
    expect(stderr).toMatch(/^the output cannot be written: ENOSPC.* \[CHAOS_OUTPUT_UNWRITABLE\]$/)
    expect(exitCode).toBe(3)
  })

  test('a campaign: healed, with reports', async () => {
    const full = await open('/dev/full', 'w')
    const { exitCode, stderr } = await chaos({ ...place, stdout: full.fd }, scenario, '--runs', '2')
    await full.close()
    expect(stderr).toMatch(/^the output cannot be written: ENOSPC.* \[CHAOS_OUTPUT_UNWRITABLE\]$/)
    expect(exitCode).toBe(3)
    const { gate } = await latestTiming(place.reports)
    expect(gate).toMatchObject({ ok: false, stopped: { reason: 'error' } })
  })
})

describe('the process', () => {
  test('a signal while it still loads: exit 130', async () => {
    const preload = fileURLToPath(new URL('fixtures/program-loads-forever.ts', import.meta.url))
    const running = chaos({ ...place, preload }, 'list')
    await said(running, /loading/)
    running.kill('SIGTERM')
    expect(await running).toMatchObject({ exitCode: 130 })
  })

  test('ends before its work has settled: exit 3', async () => {
    const preload = fileURLToPath(new URL('fixtures/program-never-settles.ts', import.meta.url))
    const { exitCode } = await chaos({ ...place, preload }, 'list')
    expect(exitCode).toBe(3)
  })

  test('the package manager that started it is killed: healed, and the reports say so', async () => {
    const manager = path.join(place.tmp, 'pnpm.cjs')
    await writeFile(manager, "require('node:child_process').spawn(process.argv[2], process.argv.slice(3))")
    const running = chaos({ ...place, launcher: manager }, scenario, '--runs', '2')
    await recorded(place, ({ kind }) => kind === 'fault')
    running.kill('SIGKILL')
    await expect.poll(() => [place.processes(), place.folders()]).toEqual([[], []])
    const { gate } = await latestTiming(place.reports)
    expect(gate).toMatchObject({ ok: false, stopped: { reason: 'interrupted' } })
    expect(gate.stopped?.message).toBe('interrupted by the end of pnpm')
  })
})

describe('for programs', () => {
  test('list --json gives the scenarios', async () => {
    const { exitCode, stdout } = await chaos(place, 'list', '--json')
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toContainEqual({
      name: 'kill-worker-mid-sleep',
      promise: expect.stringMatching(/timer/),
      suites: ['smoke', 'gate', 'full'],
      budgetMs: 5_000,
      isolation: 'shared',
      needs: [],
      file: expect.stringMatching(/scenarios\/kill-worker-mid-sleep\.ts$/),
    })
  })

  test('doctor --json gives what it found, and its exit code says whether a campaign can run', async () => {
    const { exitCode, stdout } = await chaos(place, 'doctor', '--json')
    const checks = JSON.parse(stdout) as { name: string; status: string; found: string }[]
    expect(checks.length).toBeGreaterThan(3)
    for (const { name, status, found } of checks) {
      expect([name, found]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)])
      expect(status).toMatch(/^(ok|warning|missing)$/)
    }
    expect(exitCode).toBe(checks.some(({ status }) => status === 'missing') ? 3 : 0)
  })
})
