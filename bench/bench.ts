// `pnpm bench`: measures what the product promises about its own speed and prints a table; `pnpm bench --suites` also runs
// the suites gate and full, a quarter of an hour more. It asserts nothing: figures belong to a machine, and a slow one is no
// defect.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import Table from 'cli-table3'
import { execa } from 'execa'
import pidusage from 'pidusage'
import { max, median, min } from 'simple-statistics'
import { monotonicMs } from '../harness/clock.ts'
import { readConfig } from '../harness/config.ts'
import { formatDuration } from '../harness/duration.ts'
import { readRecord } from '../harness/record/read-record.ts'
import { entriesOf } from '../harness/record/timeline.ts'
import { timingSchema, type CampaignResult } from '../harness/record/timing.ts'
import { openSession } from '../harness/stack/session.ts'
import { startProcessStack } from '../harness/stack/process/process-stack.ts'
import { provision } from '../harness/stack/provision/provision.ts'

const main = fileURLToPath(new URL('../harness/cli/main.ts', import.meta.url))
const nodeFlags = ['--max-semi-space-size=8']
const stackStarts = 5
const sdkLoads = 5
const sampleEveryMs = 100
const withSuites = process.argv.includes('--suites')

/** What a story's recovery is to stay below under `tuned`, in every run. */
const recoveryTargets: Readonly<Record<string, string>> = {
  'kill-worker-mid-sleep': '2.50 s',
  'signal-after-restart': '2.50 s',
  'kill-worker-mid-activity': '4.00 s',
  'restart-server': '3.00 s',
  'kill-postgres': '4.00 s',
}

interface Figure {
  readonly what: string
  readonly target: string
  readonly values: readonly number[]
  readonly show: (value: number) => string
}

async function stackReadyMs(): Promise<number[]> {
  const signal = new AbortController().signal
  const figures: number[] = []
  for (let start = 0; start < stackStarts; start += 1) {
    await using session = await openSession()
    const config = readConfig({}, process.env)
    const onProgress = () => {}
    const binaries = await provision({ config, session, env: process.env, signal, onProgress })
    const startedMs = monotonicMs()
    await using stack = await startProcessStack({ session, binaries, signal, onProgress })
    figures.push(monotonicMs() - startedMs)
    stack.health.throwIfAborted()
  }
  return figures
}

/** What this machine takes to load the SDK and do nothing: the measure for everything that starts a worker. */
async function sdkLoadMs(): Promise<number[]> {
  const figures: number[] = []
  for (let load = 0; load < sdkLoads; load += 1) {
    const startedMs = monotonicMs()
    await execa(process.execPath, ['--input-type=module', '--eval', "import '@temporalio/worker'"])
    figures.push(monotonicMs() - startedMs)
  }
  return figures
}

interface CampaignFigures {
  readonly wallMs: number
  readonly memoryBytes: number
  readonly result: CampaignResult
  readonly workerReadyMs: readonly number[]
}

/** One campaign of the story by the command itself, as its script in package.json starts it. */
async function campaignFigures(...args: readonly string[]): Promise<CampaignFigures> {
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

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`

function recoveriesOf(scenarios: CampaignResult['scenarios']): number[] {
  return scenarios.flatMap(({ runs }) => runs.flatMap(({ recoveryMs }) => recoveryMs ?? []))
}

/** The wall time of a suite's campaign, and each of its stories' recoveries. */
function suiteRows(suite: string, target: string, { wallMs, result }: CampaignFigures): Figure[] {
  const { passed, required } = result.gate
  return [
    { what: `suite ${suite}, ${passed}/${required} passed`, target, values: [wallMs], show: formatDuration },
    ...result.scenarios.map((scenario) => ({
      what: `  recovery of ${scenario.name}`,
      target: recoveryTargets[scenario.name] ?? '-',
      values: recoveriesOf([scenario]),
      show: formatDuration,
    })),
  ]
}

const inMs = (what: string, target: string, values: readonly number[]): Figure => {
  return { what, target, values, show: formatDuration }
}

const sdkLoad = await sdkLoadMs()
const ready = await stackReadyMs()
const sleep = ['run', 'kill-worker-mid-sleep'] as const
const alone = await campaignFigures(...sleep, '--runs', '3', '--concurrency', '1')
const { wallMs, memoryBytes, result, workerReadyMs } = await campaignFigures(...sleep, '--runs', '10')
const supervised = await campaignFigures('run', 'signal-after-restart', '--profile', 'supervised')
const figures: Figure[] = [
  inMs('for comparison: Node loads the SDK', '-', sdkLoad),
  inMs('stack ready, binaries cached', '3.00 s', ready),
  inMs('worker from spawn to ready, alone', '700 ms', alone.workerReadyMs),
  inMs('worker from spawn to ready, four runs side by side', '-', workerReadyMs),
  inMs('kill-worker-mid-sleep ten times, the whole command', '25.00 s', [wallMs]),
  inMs('recovery under tuned, each run', '2.50 s', recoveriesOf(result.scenarios)),
  inMs(
    'recovery of signal-after-restart under supervised',
    '800 ms *',
    recoveriesOf(supervised.result.scenarios),
  ),
  { what: 'memory of the command’s own process', target: '250 MB', values: [memoryBytes], show: megabytes },
  ...suiteRows('smoke', '75.00 s', await campaignFigures('--suite', 'smoke')),
  ...(withSuites
    ? [
        ...suiteRows('gate', '4 min', await campaignFigures('--suite', 'gate')),
        ...suiteRows('full', '10 min', await campaignFigures('--suite', 'full')),
      ]
    : []),
]

const table = new Table({
  head: ['what', 'target', 'n', 'min', 'median', 'max'],
  style: { head: [], border: [] },
})
for (const { what, target, values, show } of figures) {
  const of = (statistic: (values: number[]) => number) =>
    values.length === 0 ? '-' : show(statistic([...values]))
  table.push([what, target, values.length, of(min), of(median), of(max)])
}
const { versions, host, profile } = result.campaign
console.log(table.toString())
console.log('* in the median')
console.log(
  `${result.gate.passed} of ${result.gate.required} passed; profile ${profile}; Temporal ${versions.server ?? '?'}, PostgreSQL ${versions.postgres ?? '?'}, SDK ${versions.sdk}, Node ${versions.node}; ${host.cpus} cores, ${host.platform}`,
)
