// The measurements of the bench: each function runs real clusters and real commands, and returns figures.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import pidusage from 'pidusage'
import { median } from 'simple-statistics'
import type { BackendName } from '../harness/config/backends.ts'
import { monotonicMs } from '../harness/core/clock.ts'
import { readConfig } from '../harness/config/config.ts'
import { Deadline } from '../harness/core/deadline.ts'
import { openObserver } from '../harness/temporal/observer.ts'
import { readRecord } from '../harness/record/reader.ts'
import { entriesOf } from '../harness/record/timeline.ts'
import { timingSchema, type CampaignResult } from '../harness/result/campaign-result.ts'
import { openBackend, type StartCluster } from '../harness/cluster/open-backend.ts'
import type { Session } from '../harness/processes/session.ts'
import { bundleWorkflows } from '../harness/worker/bundle/bundle.ts'
import { untilPolling } from '../harness/temporal/pollers.ts'
import { openSession } from '../harness/sessions/open-session.ts'
import packageJson from '../package.json' with { type: 'json' }

const main = fileURLToPath(new URL('../harness/cli/main.ts', import.meta.url))
const workflows = fileURLToPath(new URL('../workflows/index.ts', import.meta.url))
const bareWorker = fileURLToPath(new URL('bare-worker.ts', import.meta.url))
const taskQueue = 'bench'
/**
 * The flags of the script `chaos`: its heap is collected after growing by 70 %, while V8 would let it triple.
 */
const nodeFlags = packageJson.scripts.chaos.split(' ').filter((word) => word.startsWith('--'))
const clusterStarts = 5
const bareWorkers = 7
const bareWorkerLimitMs = 20_000
const sampleEveryMs = 100

function clusterStarter(name: BackendName, session: Session): Promise<StartCluster> {
  const { env } = process
  const { signal } = new AbortController()
  return openBackend({
    name,
    config: readConfig({ backend: name }, env),
    session,
    env,
    signal,
    onProgress: () => {},
  })
}

/** From nothing to a cluster that serves, with cached binaries or images. */
export async function clusterReadyMs(name: BackendName): Promise<number[]> {
  const figures: number[] = []
  for (let start = 0; start < clusterStarts; start += 1) {
    await using session = await openSession()
    const startCluster = await clusterStarter(name, session)
    const startedMs = monotonicMs()
    await using cluster = await startCluster()
    figures.push(monotonicMs() - startedMs)
    cluster.health.throwIfAborted()
  }
  return figures
}

/** From the spawn of a bare worker until the service lists it: the measure of this machine's speed. */
export async function bareWorkerMs(): Promise<number[]> {
  const { signal } = new AbortController()
  await using session = await openSession()
  const startCluster = await clusterStarter('process', session)
  await using cluster = await startCluster()
  await using observer = await openObserver(cluster.endpoint)
  const bundle = await bundleWorkflows(session, { workflowsPath: workflows }, 'bundle', signal)
  const queues = [{ name: taskQueue, polls: ['workflow', 'activity'] }] as const
  const figures: number[] = []
  for (let start = 1; start <= bareWorkers; start += 1) {
    const identity = `bare#${start}`
    const startedMs = monotonicMs()
    const worker = await session.spawn(process.execPath, [
      bareWorker,
      cluster.endpoint.address,
      cluster.endpoint.namespace,
      taskQueue,
      identity,
      bundle,
    ])
    await untilPolling(observer, queues, [identity], Deadline.after(bareWorkerLimitMs), 10)
    figures.push(monotonicMs() - startedMs)
    worker.signal('SIGKILL')
    await worker.exited
  }
  return figures
}

/** Of the command's own process, in bytes. */
export interface MemoryFigures {
  readonly peak: number
  /** The growth from the median of the second quarter of the campaign to that of the last one. */
  readonly gained: number
}

export interface CampaignFigures {
  readonly wallMs: number
  readonly memory: MemoryFigures
  readonly result: CampaignResult
  readonly workerReadyMs: readonly number[]
}

/** Runs one campaign with the command itself, as its script in package.json starts it. */
export async function campaignFigures(...args: readonly string[]): Promise<CampaignFigures> {
  const reports = await mkdtemp(path.join(tmpdir(), 'chaos-bench-'))
  try {
    const startedMs = monotonicMs()
    const running = execa(process.execPath, [...nodeFlags, main, ...args, '--out', reports], {
      stdio: 'ignore',
      reject: false,
    })
    const memory = sampleMemory(running.pid)
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
    return { wallMs, memory: memory(), result, workerReadyMs }
  } finally {
    await rm(reports, { recursive: true, force: true })
  }
}

/** Samples a process until it has ended. @returns a function that gives the figures so far */
function sampleMemory(pid: number | undefined): () => MemoryFigures {
  const samples: number[] = []
  const timer = setInterval(() => {
    if (pid === undefined) return
    pidusage(pid).then(
      ({ memory }) => samples.push(memory),
      () => clearInterval(timer), // it has ended
    )
  }, sampleEveryMs)
  return () => {
    const quarter = Math.ceil(samples.length / 4)
    const [, second = [], , last = second] = [0, 1, 2, 3].map((at) =>
      samples.slice(at * quarter, (at + 1) * quarter),
    )
    const isLongEnough = second.length > 0 && last.length > 0
    return { peak: Math.max(0, ...samples), gained: isLongEnough ? median(last) - median(second) : 0 }
  }
}
