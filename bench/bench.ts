// `pnpm bench`: measures what the product promises about its own speed and prints a table, with containers beside local
// processes where an engine has the images; `pnpm bench --suites` also runs the suites gate and full, twenty minutes
// more. It asserts nothing: figures belong to a machine, and a slow one is no defect.
import Table from 'cli-table3'
import { median } from 'simple-statistics'
import { readConfig } from '../harness/config/config.ts'
import { formatDuration } from '../harness/core/duration.ts'
import type { CampaignResult } from '../harness/result/campaign-result.ts'
import { chooseBackend } from '../harness/cluster/choose-backend.ts'
import { head, inMs, rowOf, type Figure } from './figures.ts'
import { bareWorkerMs, campaignFigures, stackReadyMs, type CampaignFigures } from './measure.ts'

const withSuites = process.argv.includes('--suites')

/** What a bare worker's start took on the machine that the targets were set on: 2 cores, Node 24.21, SDK 1.24.0. */
const referenceMs = 480

const missionStories = [
  'kill-worker-mid-sleep',
  'kill-worker-mid-activity',
  'signal-after-restart',
  'restart-server',
] as const

/** What a scenario's recovery is to stay below under `tuned`, in every run, in milliseconds. */
const recoveryTargets: Readonly<Record<string, number>> = {
  'kill-worker-mid-sleep': 2_500,
  'signal-after-restart': 2_500,
  'kill-worker-mid-activity': 4_000,
  'restart-server': 3_000,
  'kill-postgres': 4_000,
}

const minute = 60_000

function recoveriesOf(scenarios: CampaignResult['scenarios']): number[] {
  return scenarios.flatMap(({ runs }) => runs.flatMap(({ recoveryMs }) => recoveryMs ?? []))
}

/** The wall time of a campaign, what the command needed for it, and each of its scenarios' recoveries. */
function campaignRows(
  what: string,
  { wallMs, memoryBytes, result }: CampaignFigures,
  targetMs?: number,
  targets: Readonly<Record<string, number>> = recoveryTargets,
): Figure[] {
  const { passed, required } = result.gate
  return [
    inMs(`${what}, ${passed}/${required} passed`, [wallMs], targetMs),
    {
      what: '  memory of the command’s own process',
      values: [memoryBytes],
      show: (bytes) => `${(bytes / 1e6).toFixed(0)} MB`,
      target: { value: 250e6, of: 'max', scales: false },
    },
    ...result.scenarios.map((scenario) =>
      inMs(`  recovery of ${scenario.name}`, recoveriesOf([scenario]), targets[scenario.name]),
    ),
  ]
}

const bareWorker = await bareWorkerMs()
const ready = await stackReadyMs('process')
const onProcesses = ['--backend', 'process'] as const
const sleep = ['run', 'kill-worker-mid-sleep', ...onProcesses] as const
const aloneSleep = await campaignFigures(...sleep, '--runs', '3', '--concurrency', '1')
const tenTimes = await campaignFigures(...sleep, '--runs', '10')
const signals = ['run', 'signal-after-restart', '--profile', 'supervised', ...onProcesses] as const
const aloneSignals = await campaignFigures(...signals, '--concurrency', '1')
const sideBySideSignals = await campaignFigures(...signals)
const figures: Figure[] = [
  inMs('for comparison: a bare worker of the SDK, from spawn to polling', bareWorker),
  inMs('cluster ready, binaries cached', ready, 3_000),
  inMs('worker from spawn to ready, alone', aloneSleep.workerReadyMs, 700),
  inMs('worker from spawn to ready, four runs side by side', tenTimes.workerReadyMs),
  ...campaignRows('kill-worker-mid-sleep ten times, the whole command', tenTimes, 25_000),
  inMs(
    'signal-after-restart under supervised, one at a time',
    recoveriesOf(aloneSignals.result.scenarios),
    800,
    'median',
  ),
  inMs(
    'signal-after-restart under supervised, side by side',
    recoveriesOf(sideBySideSignals.result.scenarios),
  ),
  ...campaignRows('suite smoke', await campaignFigures(...onProcesses, '--suite', 'smoke'), 1.25 * minute),
  ...(withSuites
    ? [
        ...campaignRows('suite gate', await campaignFigures(...onProcesses, '--suite', 'gate'), 4 * minute),
        ...campaignRows('suite full', await campaignFigures(...onProcesses, '--suite', 'full'), 10 * minute),
      ]
    : []),
  ...(await containerRows()),
]

/** None where there is no engine with the images. */
async function containerRows(): Promise<Figure[]> {
  const { name } = await chooseBackend(readConfig({}, {}), process.env)
  if (name !== 'docker') return []
  const onContainers = ['--backend', 'docker', '--runs', '10'] as const
  return [
    inMs('containers: cluster ready, images there', await stackReadyMs('docker'), 6_000),
    ...campaignRows(
      'containers: four scenarios ten times',
      await campaignFigures('run', ...missionStories, ...onContainers),
      4 * minute,
      { 'restart-server': 4_000 },
    ),
    ...campaignRows(
      'containers: kill-worker-mid-sleep ten times, workers in containers too',
      await campaignFigures('run', 'kill-worker-mid-sleep', ...onContainers, '--worker', 'container'),
      undefined,
      {},
    ),
  ]
}

const slowness = median(bareWorker) / referenceMs
const table = new Table({ head: [...head], style: { head: [], border: [] } })
for (const figure of figures) table.push(rowOf(figure, slowness))
const { gate, campaign } = tenTimes.result
const { versions, host, profile } = campaign
console.log(table.toString())
console.log(`of target: the maximum, or the median where it has a *; scaled: the same if this machine were as fast as the one
that the targets were set on, where a bare worker polled after ${formatDuration(referenceMs)}: here it takes ${slowness.toFixed(2)} times as long`)
console.log(
  `${gate.passed} of ${gate.required} passed; profile ${profile}; Temporal ${versions.server ?? '?'}, PostgreSQL ${versions.postgres ?? '?'}, SDK ${versions.sdk}, Node ${versions.node}; ${host.cpus} cores, ${host.platform}`,
)
