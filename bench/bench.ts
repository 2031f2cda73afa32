// `pnpm bench`: measures what the product promises about its own speed and prints a table, with containers beside local
// processes where an engine has the images; `pnpm bench --suites` also runs the suites gate and full, a quarter of an hour
// more. It asserts nothing: figures belong to a machine, and a slow one is no defect.
import Table from 'cli-table3'
import { max, median, min } from 'simple-statistics'
import { readConfig } from '../harness/config.ts'
import { formatDuration } from '../harness/duration.ts'
import type { CampaignResult } from '../harness/record/timing.ts'
import { chooseBackend } from '../harness/stack/choose-backend.ts'
import { campaignFigures, sdkLoadMs, stackReadyMs, type CampaignFigures } from './measure.ts'

const withSuites = process.argv.includes('--suites')

const missionStories = [
  'kill-worker-mid-sleep',
  'kill-worker-mid-activity',
  'signal-after-restart',
  'restart-server',
] as const

/** What a story's recovery is to stay below under `tuned`, in every run. */
const processTargets: Readonly<Record<string, string>> = {
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

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`

function recoveriesOf(scenarios: CampaignResult['scenarios']): number[] {
  return scenarios.flatMap(({ runs }) => runs.flatMap(({ recoveryMs }) => recoveryMs ?? []))
}

/** The wall time of a campaign, and each of its stories' recoveries. */
function campaignRows(
  what: string,
  target: string,
  { wallMs, result }: CampaignFigures,
  recoveryTargets: Readonly<Record<string, string>> = processTargets,
): Figure[] {
  const { passed, required } = result.gate
  return [
    inMs(`${what}, ${passed}/${required} passed`, target, [wallMs]),
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
const ready = await stackReadyMs('process')
const onProcesses = ['--backend', 'process'] as const
const sleep = ['run', 'kill-worker-mid-sleep', ...onProcesses] as const
const alone = await campaignFigures(...sleep, '--runs', '3', '--concurrency', '1')
const { wallMs, memoryBytes, result, workerReadyMs } = await campaignFigures(...sleep, '--runs', '10')
const supervised = await campaignFigures(
  'run',
  'signal-after-restart',
  '--profile',
  'supervised',
  ...onProcesses,
)
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
  ...campaignRows('suite smoke', '75.00 s', await campaignFigures(...onProcesses, '--suite', 'smoke')),
  ...(withSuites
    ? [
        ...campaignRows('suite gate', '4 min', await campaignFigures(...onProcesses, '--suite', 'gate')),
        ...campaignRows('suite full', '10 min', await campaignFigures(...onProcesses, '--suite', 'full')),
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
    inMs('containers: stack ready, images there', '6.00 s', await stackReadyMs('docker')),
    ...campaignRows(
      'containers: four stories ten times',
      '4 min',
      await campaignFigures('run', ...missionStories, ...onContainers),
      { 'restart-server': '4.00 s' },
    ),
    ...campaignRows(
      'containers: kill-worker-mid-sleep ten times, workers in containers too',
      '-',
      await campaignFigures('run', 'kill-worker-mid-sleep', ...onContainers, '--worker', 'container'),
      {},
    ),
  ]
}

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
