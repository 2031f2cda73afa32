import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { plainSession } from '../../../../test/support/plain-session.ts'
import { Deadline } from '../../../core/deadline.ts'
import { profiles } from '../../../config/profiles.ts'
import { startOf } from '../../../processes/process-table.ts'
import { attachPlace } from './ask-pid.ts'
import { AttachedWorkers, type KnownProcesses } from './attached-workers.ts'

const startLine = 'sleep 60 >/dev/null 2>&1 & echo $! >worker.pid'
const pid = { command: ['cat', 'worker.pid'], cwd: '.', env: {} }

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'attached-workers-'))
  const shell = spawn('sh', ['-c', startLine], { cwd: folder, stdio: 'ignore' })
  await once(shell, 'exit')
})
afterEach(async () => {
  const last = await currentPid()
  if (startOf(last) !== undefined) process.kill(last, 'SIGKILL')
  await rm(folder, { recursive: true })
})

async function currentPid(): Promise<number> {
  return Number(await readFile(path.join(folder, 'worker.pid'), 'utf8'))
}

function workers(known: KnownProcesses = new Map()) {
  return new AttachedWorkers(attachPlace(plainSession, folder, process.env), known)
}

function request(incarnation: number, withinMs = 10_000) {
  return {
    host: {
      harnessAddress: '127.0.0.1',
      listenOn: '127.0.0.1',
      temporalAddress: '127.0.0.1:7233',
      start: () => Promise.reject(new Error('it starts nothing')),
    },
    worker: 'worker',
    incarnation,
    label: `worker#${incarnation}`,
    taskQueues: [{ name: 'orders', polls: [] }],
    namespace: 'default',
    ledgerUrl: 'http://127.0.0.1:9/worker/1',
    profile: profiles['as-is'],
    logFile: path.join(folder, `worker-${incarnation}.log`),
    deadline: Deadline.after(withinMs),
  }
}

function declared(command?: readonly string[]) {
  const restart = command === undefined ? undefined : { command: [...command], cwd: '.', env: {} }
  return { start: { kind: 'attach', pid, restart }, readyWithinMs: 10_000 } as const
}

const again = ['sh', '-c', startLine]

test('follows a worker from process to process, and starts it again at the end', async () => {
  const attached = workers()
  const first = await attached.start(declared(again), request(1))
  expect([first.pid, first.attached?.wasRunning]).toEqual([await currentPid(), true])
  await expect(attached.start(declared(again), request(2))).rejects.toMatchObject({
    code: 'CHAOS_ATTACH_ONE_ONLY',
  })
  await first.kill()
  const second = await attached.start(declared(again), request(2))
  expect([second.pid, second.attached?.wasRunning]).toEqual([await currentPid(), false])
  expect(second.pid).not.toBe(first.pid)
  await second.kill()
  await Promise.all([first.release(), second.release()])
  await attached[Symbol.asyncDispose]()
  expect(await currentPid()).not.toBe(second.pid)
  expect(startOf(await currentPid())).toBeDefined()
})

test('a command that does not start it again is told with what it printed', async () => {
  const attached = workers()
  const restarting = declared(['sh', '-c', 'echo no such unit; exit 5'])
  const first = await attached.start(restarting, request(1))
  await first.kill()
  const failed = attached.start(restarting, request(2))
  await expect(failed).rejects.toThrow(/ended with exit code 5:\n {2}no such unit/)
  await expect(failed).rejects.toMatchObject({ code: 'CHAOS_ATTACH_RESTART_FAILED' })
})

test('a supervisor that starts nothing again', async () => {
  const attached = workers()
  const first = await attached.start(declared(), request(1))
  await first.kill()
  await expect(attached.start(declared(), request(2, 400))).rejects.toMatchObject({
    code: 'CHAOS_WORKER_NOT_READY',
    kind: 'unmet',
    subject: 'worker#2',
    hint: expect.stringContaining('declare worker.attach.restart'),
  })
})

test('a command that stays is no restart', async () => {
  await writeFile(path.join(folder, 'stay'), 'sleep 60\n')
  const attached = workers()
  const first = await attached.start(declared(['sh', 'stay']), request(1))
  await first.kill()
  await expect(attached.start(declared(['sh', 'stay']), request(2, 400))).rejects.toMatchObject({
    code: 'CHAOS_ATTACH_RESTART_FAILED',
    hint: expect.stringContaining('in the background'),
  })
})
