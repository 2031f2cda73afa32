// `pnpm bench` measures the product's own speed and prints a table; `--suites` adds the suites gate and full
// (20 minutes). It asserts nothing, because figures depend on the machine.
import Table from 'cli-table3'
import { median } from 'simple-statistics'
import { readConfig } from '../harness/config/config.ts'
import { formatDuration } from '../harness/core/duration.ts'
import type { CampaignResult } from '../harness/result/campaign-result.ts'
import { chooseBackend } from '../harness/cluster/choose-backend.ts'
import { head, inMs, rowOf, type Figure } from './figures.ts'
import { bareWorkerMs, campaignFigures, clusterReadyMs, type CampaignFigures } from './measure.ts'

const withSuites = process.argv.includes('--suites')

/**
 * The start of a bare worker on the machine for which the targets were set: 2 cores, Node 24.21, SDK 1.24.0.
 */
const referenceMs = 480

const coreScenarios = [
  'kill-worker-mid-sleep',
  'kill-worker-mid-activity',
  'signal-after-restart',
  'restart-server',
] as const

/** The limit of each scenario's recovery under `tuned`, in every run, in milliseconds. */
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

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`
}

/** A campaign's wall time, the command's memory, and the recovery of each scenario. */
function campaignRows(
  what: string,
  { wallMs, memory, result }: CampaignFigures,
  targetMs?: number,
  targets: Readonly<Record<string, number>> = recoveryTargets,
): Figure[] {
  const { passed, required } = result.gate
  return [
    inMs(`${what}, ${passed}/${required} passed`, [wallMs], targetMs),
    {
      what: '  memory of the command’s own process',
      values: [memory.peak],
      show: inMegabytes,
      target: { value: 250e6, of: 'max', scales: false },
    },
    {
      what: '  gained by it from the second quarter of the campaign to the last',
      values: [memory.gained],
      show: inMegabytes,
      target: { value: 30e6, of: 'max', scales: false },
    },
    ...result.scenarios.map((scenario) =>
      inMs(`  recovery of ${scenario.name}`, recoveriesOf([scenario]), targets[scenario.name]),
    ),
  ]
}

const bareWorker = await bareWorkerMs()
const ready = await clusterReadyMs('process')
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
  inMs('worker from spawn to ready, four runs at the same time', tenTimes.workerReadyMs),
  ...campaignRows('kill-worker-mid-sleep ten times, the whole command', tenTimes, 25_000),
  inMs(
    'signal-after-restart under supervised, one at a time',
    recoveriesOf(aloneSignals.result.scenarios),
    800,
    'median',
  ),
  inMs(
    'signal-after-restart under supervised, at the same time',
    recoveriesOf(sideBySideSignals.result.scenarios),
  ),
  ...campaignRows('suite smoke', await campaignFigures(...onProcesses, '--suite', 'smoke'), 1.25 * minute),
  ...(withSuites
    ? [
        ...campaignRows('suite gate', await campaignFigures(...onProcesses, '--suite', 'gate'), 4 * minute),
        ...campaignRows('suite full', await campaignFigures(...onProcesses, '--suite', 'full'), 10 * minute),
        ...campaignRows('a soak of ten minutes', await campaignFigures(...onProcesses, '--suite', 'soak')),
      ]
    : []),
  ...(await containerRows()),
]

/** Empty if there is no engine with the images. */
async function containerRows(): Promise<Figure[]> {
  const { name } = await chooseBackend(readConfig({}, {}), process.env)
  if (name !== 'docker') return []
  const onContainers = ['--backend', 'docker', '--runs', '10'] as const
  return [
    inMs('containers: cluster ready, images cached', await clusterReadyMs('docker'), 6_000),
    ...campaignRows(
      'containers: four scenarios ten times',
      await campaignFigures('run', ...coreScenarios, ...onContainers),
      4 * minute,
      { 'restart-server': 4_000 },
    ),
    ...campaignRows(
      'containers: kill-worker-mid-sleep ten times, workers in containers',
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
console.log(`of target: the maximum, or the median if marked with *; scaled: converted to the speed of the machine for which the targets
were set, on which a bare worker polled after ${formatDuration(referenceMs)}; this machine takes ${slowness.toFixed(2)} times as long`)
console.log(
  `${gate.passed} of ${gate.required} passed; profile ${profile}; Temporal ${versions.server ?? '?'}, PostgreSQL ${versions.postgres ?? '?'}, SDK ${versions.sdk}, Node ${versions.node}; ${host.cpus} cores, ${host.platform}`,
)
