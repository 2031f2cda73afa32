// The command line as a user meets it: good and bad input, its exit codes, its reports, an interruption.
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chaos, latest, latestTiming, said } from './support/chaos.ts'
import { openPlace, type Place } from './support/place.ts'

let place: Place
beforeEach(async () => {
  place = await openPlace()
})
afterEach(async () => {
  expect({ processes: place.processes(), folders: place.folders() }).toEqual({ processes: [], folders: [] })
  await place[Symbol.asyncDispose]()
})

describe('wrong usage ends with 2, a clear message and nothing started', () => {
  test.each([
    [
      ['run', 'kill-worker-mid-slep'],
      /there is no scenario "kill-worker-mid-slep".*\nDid you mean kill-worker-mid-sleep\?/,
    ],
    [['--runs', '0'], /--runs takes a whole number from 1 to 10000, got "0"/],
    [['--runs', '-1'], /--runs takes a whole number from 1 to 10000, got "-1"/],
    [['--runs', 'ten'], /--runs takes a whole number from 1 to 10000, got "ten"/],
    [['--budget', '0'], /--budget takes a whole number from 1 to 60000, got "0"/],
    [['--budget', 'soon'], /--budget takes a whole number/],
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

describe('a campaign', () => {
  test('passes, hits both ways of the story, and its reports say so', async () => {
    const reports = path.join(place.reports, 'with a space')
    await mkdir(reports, { recursive: true })
    const { exitCode, all } = await chaos(place, '--runs', '2', '--seed', '5', '--out', reports)
    expect(all).toMatch(/2 passed, 0 failed$/)
    expect(exitCode).toBe(0)
    const timing = await latestTiming(reports)
    expect(timing.gate).toMatchObject({ required: 2, executed: 2, passed: 2, ok: true, stopped: null })
    expect(timing.campaign.versions).toMatchObject({
      server: '1.32.2',
      postgres: expect.stringMatching(/^18\./),
    })
    const runs = timing.scenarios[0]?.runs ?? []
    expect(new Set(runs.map(({ choices }) => choices['timer is due'])).size).toBe(2)
    for (const { resources } of runs) {
      expect(resources.map((one) => one.process).toSorted()).toEqual([
        'postgres',
        'temporal-server',
        'worker-1',
      ])
    }
    const junit = await latest(reports, 'junit.xml')
    expect(junit.match(/<testcase /g)).toHaveLength(2)
    expect(junit).not.toMatch(/<failure|<error/)
  })

  test('a budget that nothing can meet: exit 1, and the command that runs it again', async () => {
    const { exitCode, all } = await chaos(place, '--runs', '1', '--seed', '5', '--budget', '1')
    expect(all).toMatch(/over the budget of/)
    expect(all).toContain('pnpm chaos run kill-worker-mid-sleep --run 1 --seed 5 --profile tuned --budget 1')
    expect(all).toMatch(/0 passed, 1 failed$/)
    expect(exitCode).toBe(1)
    expect(await latest(place.reports, 'junit.xml')).toMatch(/<failure/)
  })

  test('the server killed behind its back: exit 3, with the end of its log', async () => {
    const running = chaos(place, '--runs', '1')
    await said(running, /stack: Temporal/)
    const server = place.processes().find(({ command }) => command.includes('temporal-server'))
    if (server === undefined) throw new Error('the server is not among its processes')
    process.kill(server.pid, 'SIGKILL')
    const { exitCode, all } = await running
    expect(all).toMatch(/temporal-server.*SIGKILL/)
    expect(all).toMatch(/0 passed, 1 failed$/)
    expect(exitCode).toBe(3)
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s: healed, partial reports, exit 130',
    async (signal) => {
      const running = chaos(place, '--runs', '4', '--concurrency', '1')
      await said(running, /#1 .*recovery/)
      expect(place.processes().length).toBeGreaterThan(3)
      running.kill(signal)
      const { exitCode, all } = await running
      expect(all).toMatch(/healing/)
      expect(exitCode).toBe(130)
      const { gate } = await latestTiming(place.reports)
      expect(gate).toMatchObject({ executed: 1, ok: false, stopped: { reason: 'interrupted' } })
    },
  )

  test('--bail stops at the first run that does not pass', async () => {
    const { exitCode } = await chaos(place, '--runs', '6', '--concurrency', '1', '--budget', '1', '--bail')
    expect(exitCode).toBe(1)
    const { gate } = await latestTiming(place.reports)
    expect(gate).toMatchObject({ required: 6, executed: 1, stopped: { reason: 'bail' } })
  })

  test('two at once on one machine both pass', async () => {
    const both = ['a', 'b'].map((name) =>
      chaos(place, '--runs', '1', '--out', path.join(place.reports, name)),
    )
    const codes = (await Promise.all(both)).map(({ exitCode }) => exitCode)
    expect(codes).toEqual([0, 0])
  })

  test('a dry run shows the seeds and starts nothing', async () => {
    const { exitCode, all } = await chaos(place, '--dry-run', '--runs', '2', '--seed', '5')
    expect(all).toMatch(/kill-worker-mid-sleep #2 {2}seed \d+/)
    expect(exitCode).toBe(0)
  })
})
