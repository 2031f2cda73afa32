// Workers that run already: under a supervisor, or brought back by a command of the user's. The harness strikes them, and
// leaves them running, however it ends.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { Deadline } from '../harness/core/deadline.ts'
import { isAlive, treeOf } from '../harness/processes/process-row.ts'
import { processTable } from '../harness/processes/process-table.ts'
import { readRecord } from '../harness/record/reader.ts'
import { chaosWith, latestTiming } from './support/chaos.ts'
import { runningCluster } from './support/running-cluster.ts'

const workerProgram = fileURLToPath(new URL('fixtures/external/worker.ts', import.meta.url))
const workerLine = `"${process.execPath}" "${workerProgram}" >>worker.log 2>&1 & echo $! >worker.pid`

const running = runningCluster()

/** A folder with a configuration of that worker, and the environment of whoever starts it. */
async function project(name: string, attach: object) {
  const folder = path.join(running.place.tmp, name)
  await mkdir(folder, { recursive: true })
  const config = {
    worker: { attach, readyWithinMs: 20_000 },
    cluster: { address: running.cluster.endpoint.address },
    workloads: { order: { type: 'Order', taskQueue: name, args: ['{{workflow.id}}'] } },
    budgetMs: 20_000,
  }
  await writeFile(path.join(folder, 'chaos.config.json'), JSON.stringify(config))
  const env = {
    PATH: process.env['PATH'],
    TEMPORAL_ADDRESS: running.cluster.endpoint.address,
    ORDERS_QUEUE: name,
  }
  return { folder, env, reports: path.join(folder, 'reports') }
}

type Project = Awaited<ReturnType<typeof project>>

function chaosIn({ folder, reports, env }: Project, ...args: readonly string[]) {
  return chaosWith(
    { tmp: running.place.tmp, reports, cwd: folder },
    { CHAOS_BACKEND: undefined, ...env },
    ...args,
  )
}

/** A process that starts its worker again and again. */
async function supervise({ folder, env }: Project): Promise<AsyncDisposable> {
  const loop = spawn('sh', ['-c', `while :; do ${workerLine}; wait $!; done`], {
    cwd: folder,
    env,
    stdio: 'ignore',
  })
  await expect.poll(() => workerIn(folder)).toBeDefined()
  return { [Symbol.asyncDispose]: () => end(loop, folder) }
}

async function end(loop: ChildProcess, folder: string): Promise<void> {
  const exited = once(loop, 'exit')
  loop.kill('SIGKILL')
  await exited
  const worker = await workerIn(folder)
  if (worker !== undefined) process.kill(worker.pid, 'SIGKILL')
}

/** The worker's process, if one lives. */
async function workerIn(folder: string) {
  const text = await readFile(path.join(folder, 'worker.pid'), 'utf8').catch(() => '')
  const row = processTable().find(({ pid }) => pid === Number(text))
  return row !== undefined && isAlive(row) ? row : undefined
}

async function statesIn(folder: string): Promise<string[]> {
  const worker = await workerIn(folder)
  return treeOf(processTable(), worker === undefined ? [] : [worker.pid]).map(({ state }) => state)
}

const printed = { command: ['cat', 'worker.pid'] }

test('a worker under a supervisor is struck, comes back by its supervisor, and is left running', async () => {
  const supervised = await project('supervised', { pid: printed, log: 'worker.log' })
  await using _loop = await supervise(supervised)
  const names = ['order/kill-worker@activity-1', 'order/freeze-worker@timer-1']
  const { exitCode, all } = await chaosIn(supervised, 'run', ...names)
  expect([exitCode, all]).toEqual([0, expect.stringContaining('2 passed')])
  expect(await statesIn(supervised.folder)).not.toContain('T')
  expect(await workerIn(supervised.folder)).toBeDefined()
  const { reports } = supervised
  const killed = path.join(reports, 'latest', 'runs', 'order', 'kill-worker@activity-1', '1')
  const lives = (await readRecord(killed)).timeline.flatMap((entry) =>
    entry.kind === 'incarnation' || entry.kind === 'exited' || entry.kind === 'left'
      ? [`${entry.identity} ${entry.kind === 'incarnation' ? entry.phase : entry.kind}`]
      : [],
  )
  expect(lives).toEqual([
    'worker#1 spawned',
    'worker#1 ready',
    'worker#1 exited',
    'worker#2 spawned',
    'worker#2 ready',
    'worker#2 left',
  ])
  expect(await readFile(path.join(killed, 'logs', 'worker-2.log'), 'utf8')).toContain('RUNNING')
  // Nothing brings it back after 3 seconds, and not before: its supervisor decides.
  const { all: none } = await chaosIn(supervised, 'run', 'order/lose-worker@timer-1')
  expect(none).toContain('lose-worker')
  expect((await latestTiming(reports)).scenarios).toHaveLength(2)
}, 300_000)

test('a command brings a worker back; what it started outlives the harness', async () => {
  const restarted = await project('restarted', {
    pid: printed,
    restart: { command: ['sh', '-c', workerLine] },
  })
  const first = spawn('sh', ['-c', workerLine], { ...restarted, cwd: restarted.folder, stdio: 'ignore' })
  await once(first, 'exit')
  const before = await workerIn(restarted.folder)
  const { exitCode, all } = await chaosIn(restarted, 'run', 'order/lose-worker@timer-1')
  const after = await workerIn(restarted.folder)
  if (after !== undefined) process.kill(after.pid, 'SIGKILL')
  expect([exitCode, all]).toEqual([0, expect.stringContaining('1 passed')])
  expect(after).toBeDefined()
  expect(after?.pid).not.toBe(before?.pid)
}, 300_000)

test('a frozen worker goes on when the harness is interrupted, and when it is killed', async () => {
  const frozen = await project('frozen', { pid: printed })
  await using _loop = await supervise(frozen)
  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    const running = chaosIn(frozen, 'run', 'order/freeze-worker@activity-1')
    const ended = running.then(({ all }) => {
      throw new Error(`its worker was never frozen:\n${all}`)
    })
    await Promise.race([untilFrozen(frozen.folder), ended])
    running.kill(signal)
    await running
    await expect.poll(() => statesIn(frozen.folder), { timeout: 10_000 }).toSatisfy(runs)
  }
}, 300_000)

function untilFrozen(folder: string): Promise<true> {
  const look = async () => ((await statesIn(folder)).includes('T') ? true : undefined)
  return Deadline.after(120_000).poll(look, { what: 'the freeze', everyMs: 20, code: 'CHAOS_TEST' })
}

function runs(states: readonly string[]): boolean {
  return states.length > 0 && !states.includes('T')
}

test('what must not be struck is refused before anything is started', async () => {
  const wrong: readonly (readonly [object, string])[] = [
    [{ pid: 1 }, 'CHAOS_ATTACH_REFUSED'],
    [{ pid: process.pid }, 'CHAOS_ATTACH_REFUSED'],
    [{ pid: 2 ** 22 + 1 }, 'CHAOS_ATTACH_NO_PROCESS'],
    [{ pid: { command: ['true'] } }, 'CHAOS_ATTACH_NO_PID'],
    [{ pid: { command: ['echo', '12 13'] } }, 'CHAOS_ATTACH_NO_PID'],
  ]
  for (const [attach, code] of wrong) {
    const { exitCode, all } = await chaosIn(await project('wrong', attach), 'run')
    expect([exitCode, all]).toEqual([2, expect.stringContaining(`[${code}]`)])
  }
}, 120_000)
