// What the bench measures: each function runs real stacks and real commands, and returns figures.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import pidusage from 'pidusage'
import type { BackendName } from '../harness/backends.ts'
import { monotonicMs } from '../harness/clock.ts'
import { readConfig } from '../harness/config.ts'
import { readRecord } from '../harness/record/read-record.ts'
import { entriesOf } from '../harness/record/timeline.ts'
import { timingSchema, type CampaignResult } from '../harness/record/timing.ts'
import { openBackend } from '../harness/stack/open-backend.ts'
import { openSession } from '../harness/stack/session.ts'

const main = fileURLToPath(new URL('../harness/cli/main.ts', import.meta.url))
const nodeFlags = ['--max-semi-space-size=8']
const stackStarts = 5
const sdkLoads = 5
const sampleEveryMs = 100

/** From nothing to a stack that serves, with binaries or images there. */
export async function stackReadyMs(name: BackendName): Promise<number[]> {
  const { signal } = new AbortController()
  const { env } = process
  const figures: number[] = []
  for (let start = 0; start < stackStarts; start += 1) {
    await using session = await openSession()
    const config = readConfig({ backend: name }, env)
    const startStack = await openBackend({ name, config, session, env, signal, onProgress: () => {} })
    const startedMs = monotonicMs()
    await using stack = await startStack()
    figures.push(monotonicMs() - startedMs)
    stack.health.throwIfAborted()
  }
  return figures
}

/** What this machine takes to load the SDK and do nothing: the measure for everything that starts a worker. */
export async function sdkLoadMs(): Promise<number[]> {
  const figures: number[] = []
  for (let load = 0; load < sdkLoads; load += 1) {
    const startedMs = monotonicMs()
    await execa(process.execPath, ['--input-type=module', '--eval', "import '@temporalio/worker'"])
    figures.push(monotonicMs() - startedMs)
  }
  return figures
}

export interface CampaignFigures {
  readonly wallMs: number
  readonly memoryBytes: number
  readonly result: CampaignResult
  readonly workerReadyMs: readonly number[]
}

/** One campaign of the story by the command itself, as its script in package.json starts it. */
export async function campaignFigures(...args: readonly string[]): Promise<CampaignFigures> {
  const reports = await mkdtemp(path.join(tmpdir(), 'chaos-bench-'))
  try {
    const startedMs = monotonicMs()
    const running = execa(process.execPath, [...nodeFlags, main, ...args, '--out', reports], {
      stdio: 'ignore',
      reject: false,
    })
    const memory = peakMemory(running.pid)
    await running
    const wallMs = monotonicMs() - startedMs
    const folder = path.join(reports, 'latest')
    const result = timingSchema.parse(JSON.parse(await readFile(path.join(folder, 'timing.json'), 'utf8')))
    const runs = result.scenarios.flatMap((scenario) => scenario.runs)
    const records = await Promise.all(runs.map((run) => readRecord(path.join(folder, run.folder))))
    const workerReadyMs = records.flatMap(({ timeline }) => {
      const starts = entriesOf(timeline, 'incarnation')
      return starts.flatMap(({ phase, incarnation, atMs }) => {
        const spawned = starts.find((one) => one.phase === 'spawned' && one.incarnation === incarnation)
        return phase === 'ready' && spawned !== undefined ? [atMs - spawned.atMs] : []
      })
    })
    return { wallMs, memoryBytes: memory(), result, workerReadyMs }
  } finally {
    await rm(reports, { recursive: true, force: true })
  }
}

/** Samples a process until it is gone. @returns the peak so far, in bytes */
function peakMemory(pid: number | undefined): () => number {
  let peak = 0
  const timer = setInterval(() => {
    if (pid === undefined) return
    pidusage(pid).then(
      ({ memory }) => (peak = Math.max(peak, memory)),
      () => clearInterval(timer), // it has ended
    )
  }, sampleEveryMs)
  return () => peak
}
