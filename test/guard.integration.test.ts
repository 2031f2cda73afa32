// No part of a session outlives its harness, however that ends, and nothing else is ever touched.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { toChaosError } from '../harness/core/errors.ts'
import { processTable } from '../harness/processes/process-table.ts'
import { openPlace, type Place } from './support/place.ts'
import { openSession } from '../harness/sessions/open-session.ts'

const fixture = fileURLToPath(new URL('fixtures/guarded-harness.ts', import.meta.url))

/** The promise: within 5 s of a SIGKILL, no process and no folder is left. */
const limitMs = 5_000

let place: Place

beforeEach(async () => {
  place = await openPlace()
  vi.stubEnv('TMPDIR', place.tmp)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await place[Symbol.asyncDispose]()
})

function startHarness(mode: 'once' | 'forever'): ChildProcess {
  const env = { PATH: process.env['PATH'], TMPDIR: place.tmp }
  return spawn(process.execPath, [fixture, mode], { env, stdio: ['ignore', 'pipe', 'inherit'] })
}

/** The harness's first line of output. */
async function said(harness: ChildProcess): Promise<{ folder: string; pid: number }> {
  if (harness.stdout === null) throw new Error('the harness has no output')
  const [line] = (await once(createInterface({ input: harness.stdout }), 'line')) as [string]
  return JSON.parse(line) as { folder: string; pid: number }
}

function kill(pid: number | undefined): void {
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
}

function left() {
  return { processes: place.processes(), folders: place.folders() }
}

const nothing = { processes: [], folders: [] }
const soon = { timeout: limitMs, interval: 50 }

/** The guard is the one child of the harness that the session did not start. */
function guardOf(harness: ChildProcess, family: number): number {
  const guard = processTable().find(({ parent, pid }) => parent === harness.pid && pid !== family)
  if (guard === undefined) throw new Error('there is no guard')
  return guard.pid
}

describe('when the harness is killed', () => {
  test('its processes and its folder go, and its output closes', async () => {
    const harness = startHarness('once')
    const { folder } = await said(harness)
    await expect.poll(() => place.processes().length).toBeGreaterThanOrEqual(5)
    expect(existsSync(folder)).toBe(true)
    kill(harness.pid)
    // The guard holds neither output nor terminal, so nobody waits for the harness's output longer than it
    // lives.
    await once(harness, 'close', { signal: AbortSignal.timeout(limitMs) })
    await expect.poll(left, soon).toEqual(nothing)
  })

  test('nothing is left, at whatever instant', async () => {
    for (let round = 0; round < 15; round += 1) {
      const harness = startHarness('forever')
      harness.stdout?.resume()
      await delay(Math.random() * 600)
      kill(harness.pid)
      await expect.poll(left, soon).toEqual(nothing)
    }
  })

  test('the guard works even after signals that end a harness', async () => {
    const harness = startHarness('once')
    const { pid } = await said(harness)
    const guard = guardOf(harness, pid)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(guard, signal)
    await delay(100)
    kill(harness.pid)
    await expect.poll(left, soon).toEqual(nothing)
  })

  test('other processes and folders stay, even similar ones', async () => {
    const env = { PATH: process.env['PATH'], CHAOS_SESSION: '0123456789abcdef' }
    const probeTarget = spawn('/bin/sleep', ['600'], { env, detached: true, stdio: 'ignore' })
    const other = startHarness('once')
    const { pid, folder } = await said(other)
    const harness = startHarness('once')
    const own = await said(harness)
    kill(harness.pid)
    await vi.waitFor(() => expect(existsSync(own.folder)).toBe(false), { timeout: limitMs })
    expect(existsSync(folder)).toBe(true)
    expect(processTable().map((row) => row.pid)).toEqual(expect.arrayContaining([pid, probeTarget.pid]))
    kill(probeTarget.pid)
    kill(other.pid)
    await expect.poll(left, soon).toEqual(nothing)
  })
})

describe('the sweep at the next start', () => {
  test('removes the remains if the guard was killed also', async () => {
    const harness = startHarness('once')
    const { pid, folder } = await said(harness)
    kill(guardOf(harness, pid))
    kill(harness.pid)
    await once(harness, 'exit')
    expect(processTable().map((row) => row.pid)).toContain(pid)
    expect(existsSync(folder)).toBe(true)

    const notices: string[] = []
    const session = await openSession({ onNotice: (text) => notices.push(text) })
    expect(notices).toEqual([expect.stringContaining(folder)])
    expect(existsSync(folder)).toBe(false)
    await session[Symbol.asyncDispose]()
    await expect.poll(left, soon).toEqual(nothing)
  })

  test('says so in one plain line if nobody listens for it', async () => {
    const harness = startHarness('once')
    const { pid, folder } = await said(harness)
    kill(guardOf(harness, pid))
    kill(harness.pid)
    await once(harness, 'exit')
    const own = new URL('../harness/sessions/open-session.ts', import.meta.url).href
    const program = `import { openSession } from '${own}'; await using session = await openSession()`
    const { stderr } = await execa(process.execPath, ['--input-type=module', '--eval', program])
    expect(stderr).toBe(`removed what a killed session had left behind: ${folder}`)
    await expect.poll(left, soon).toEqual(nothing)
  })

  test('leaves a session alone if its harness lives', async () => {
    const harness = startHarness('once')
    const { pid, folder } = await said(harness)
    const session = await openSession({ onNotice: (text) => expect.fail(text) })
    expect(existsSync(folder)).toBe(true)
    expect(processTable().map((row) => row.pid)).toContain(pid)
    await session[Symbol.asyncDispose]()
    kill(harness.pid)
    await expect.poll(left, soon).toEqual(nothing)
  })
})

describe('a session', () => {
  test('ends everything it started when it is disposed, and its guard', async () => {
    const session = await openSession()
    const child = await session.spawn('/bin/sh', ['-c', 'setsid sleep 600 & sleep 600'])
    await expect.poll(() => place.processes()).toHaveLength(4)
    await session[Symbol.asyncDispose]()
    expect(child.exit).toMatchObject({ code: null, signal: 'SIGKILL' })
    expect(left()).toEqual(nothing)
  })

  test('reports how and when a child ended', async () => {
    await using session = await openSession()
    const before = performance.now()
    const child = await session.spawn('/bin/sh', ['-c', 'exit 7'])
    const exit = await child.exited
    expect(exit).toMatchObject({ code: 7, signal: null })
    expect(exit.atMs).toBeGreaterThan(before)
    expect(exit.atMs).toBeLessThanOrEqual(performance.now())
    expect(child.exit).toEqual(exit)
    child.signal('SIGKILL')
  })

  test('sends a signal to the whole group', async () => {
    await using session = await openSession()
    const child = await session.spawn('/bin/sh', ['-c', 'sleep 600 & sleep 600'])
    await expect.poll(() => place.processes()).toHaveLength(4)
    child.signal('SIGTERM')
    expect(await child.exited).toMatchObject({ signal: 'SIGTERM' })
    await expect.poll(() => place.processes()).toHaveLength(1)
  })

  test('hides vitest from a child, appends to its log and exchanges messages with it', async () => {
    await using session = await openSession()
    const logFile = path.join(session.folder, 'child.log')
    const program = path.join(session.folder, 'child.mjs')
    writeFileSync(logFile, 'before\n')
    const source =
      'console.log(Object.keys(process.env).join()); process.on("message", (m) => process.exit(m))'
    writeFileSync(program, source)
    const child = await session.spawn(process.execPath, [program], { logFile, ipc: true, env: { MINE: '1' } })
    child.subprocess.nodeChildProcess.send(9)
    expect(await child.exited).toMatchObject({ code: 9 })
    const [before, names] = (await readFile(logFile, 'utf8')).split('\n')
    expect(before).toBe('before')
    expect(names?.split(',')).toEqual(expect.arrayContaining(['PATH', 'TMPDIR', 'CHAOS_SESSION', 'MINE']))
    expect(names).not.toMatch(/VITEST|NODE_ENV|NODE_OPTIONS/)
  })

  test('names a program that cannot be started', async () => {
    await using session = await openSession()
    const failed = { code: 'CHAOS_SPAWN_FAILED', hint: expect.stringContaining('/nowhere/program') }
    await expect(session.spawn('/nowhere/program', [])).rejects.toMatchObject(failed)
    const notExecutable = path.join(session.folder, 'file')
    writeFileSync(notExecutable, '#!/bin/sh\n')
    await expect(session.spawn(notExecutable, [])).rejects.toThrow(`cannot start ${notExecutable}`)
    await expect(session.spawn('/bin/sh', [], { cwd: '/nowhere' })).rejects.toThrow('in /nowhere')
  })

  test('starts nothing once it is closed', async () => {
    const session = await openSession()
    await session[Symbol.asyncDispose]()
    await session[Symbol.asyncDispose]()
    await expect(session.spawn('/bin/true', [])).rejects.toMatchObject({ code: 'CHAOS_SESSION_CLOSED' })
  })

  test('starts nothing once its guard is gone, and still ends what it has started', async () => {
    const session = await openSession()
    await session.spawn('/bin/sleep', ['600'])
    const guard = place.processes().find(({ command }) => command.includes('guard.ts'))
    kill(guard?.pid)
    await expect.poll(() => place.processes()).toHaveLength(1)
    const start = () =>
      session.spawn('/bin/true', []).then(
        () => 'started',
        (thrown: unknown) => toChaosError(thrown).code,
      )
    // The news of the guard's death may still be on its way.
    await expect.poll(start, soon).toBe('CHAOS_GUARD_LOST')
    await session[Symbol.asyncDispose]()
    await expect.poll(left, soon).toEqual(nothing)
  })
})
