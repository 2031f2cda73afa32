// JUnit XML for CI: a suite for each scenario, a case for each required run. It is green only if the gate is.
import path from 'node:path'
import { decisiveFinding } from '../../checks/verdict.ts'
import { faultName } from '../../record/fault.ts'
import type { CampaignResult, RunResult, ScenarioResult } from '../../result/campaign-result.ts'
import { findingsOf } from '../../result/check-result.ts'
import { describeChecks } from '../check-summary.ts'
import { downtimeMs, drainMs } from '../downtime.ts'
import { fileReporter } from '../file-reporter.ts'
import type { Reporter } from '../reporter.ts'
import {
  renderJunitXml,
  type JunitCase,
  type JunitProperty,
  type JunitSuite,
  type JunitTrouble,
} from './junit-xml.ts'
import { missingRuns, whyMissing, type MissingRun } from '../required-runs.ts'
import { rerunCommand } from '../rerun.ts'
import { describeCause, renderDetails, runDetails, worstCause } from '../run-details.ts'

export function junitReporter(folder: string): Reporter {
  return fileReporter(path.join(folder, 'junit.xml'), renderJunit)
}

function figure(name: string, ms: number | null): JunitProperty[] {
  return ms === null ? [] : [[name, Math.round(ms)]]
}

function machineProperties({ machine }: RunResult): JunitProperty[] {
  if (machine === undefined) return []
  const share = (name: string, of: number | null) => figure(name, of === null ? null : of * 100)
  return [
    ...share('waitingForCoresPercent', machine.waiting),
    ...share('cpuPressurePercent', machine.cpuPressure),
    ...share('ioPressurePercent', machine.ioPressure),
    ...share('memoryPressurePercent', machine.memoryPressure),
    ...figure('harnessStandstillMs', machine.standstillMs),
  ]
}

function propertiesOf(run: RunResult, { campaign }: CampaignResult): JunitProperty[] {
  const cause = worstCause(run)
  return [
    ['seed', run.seed],
    ['campaignSeed', campaign.seed],
    ['profile', campaign.profile],
    ['backend', campaign.backend],
    ...figure('recoveryMs', run.recoveryMs),
    ...run.faults.flatMap((fault) => [
      ...figure('drainMs', drainMs(fault)),
      ...figure(`awayMs of ${faultName(fault)}`, downtimeMs(fault)),
    ]),
    ...run.probes.flatMap(({ probe, waitedMs }) => figure(`probe ${probe} ms`, waitedMs)),
    ...figure('startLatencyMs', run.baseline.startLatencyMs),
    ...figure('endToEndMs', run.baseline.endToEndMs),
    ...figure('virtualMs', run.virtualMs > 0 ? run.virtualMs : null),
    ...figure('clockErrorMs', run.clockErrorMs === null ? null : Math.ceil(run.clockErrorMs)),
    ...machineProperties(run),
    ...(cause === null ? [] : [['cause', describeCause(cause)] as const]),
    ['checks', describeChecks(run.checks)],
  ]
}

function troubleOf(
  run: RunResult,
  scenario: ScenarioResult,
  { campaign }: CampaignResult,
): JunitTrouble | undefined {
  if (run.verdict === 'pass') return undefined
  const message = run.reason ?? run.verdict
  const body = renderDetails(runDetails(run, { campaign, scenario, record: run.folder, isRecordHere: false }))
  if (run.verdict !== 'fail') return { kind: 'error', message, type: run.verdict, body }
  return { kind: 'failure', message, type: decisiveFinding(findingsOf(run.checks))?.check ?? 'fail', body }
}

function runCase(scenario: ScenarioResult, run: RunResult, result: CampaignResult): JunitCase {
  const trouble = troubleOf(run, scenario, result)
  return {
    name: `${scenario.name} #${run.run}`,
    className: scenario.name,
    durationMs: run.durationMs,
    properties: propertiesOf(run, result),
    ...(trouble === undefined ? {} : { trouble }),
  }
}

/** A case for a run or scenario that was not executed. */
function caseWithoutRun(className: string, name: string, trouble: JunitTrouble): JunitCase {
  return { name, className, durationMs: 0, trouble }
}

function missingCase({ scenario, run }: MissingRun, result: CampaignResult): JunitCase {
  return caseWithoutRun(scenario, `${scenario} #${run}`, {
    kind: 'error',
    message: `not executed: ${whyMissing(result)}`,
    type: 'not executed',
    body: rerunCommand(result.campaign, scenario, run),
  })
}

function scenarioSuite(scenario: ScenarioResult, result: CampaignResult): JunitSuite {
  return {
    name: scenario.name,
    properties: [
      ['promise', scenario.promise],
      ['budgetMs', scenario.budgetMs],
    ],
    cases: [
      ...scenario.runs.map((run) => runCase(scenario, run, result)),
      ...missingRuns(result, scenario).map((missing) => missingCase(missing, result)),
    ],
  }
}

function skippedSuites({ gate }: CampaignResult): JunitSuite[] {
  return gate.skipped.map(({ scenario, reason }) => ({
    name: scenario,
    cases: [caseWithoutRun(scenario, scenario, { kind: 'skipped', message: reason })],
  }))
}

/**
 * A failed gate needs a red case even if no run is red: nothing was selected, or the campaign failed at its
 * end.
 */
function gateSuites(result: CampaignResult): JunitSuite[] {
  const { ok, executed, required } = result.gate
  const isToldByRuns = result.scenarios.some((scenario) => scenario.stats.passed < scenario.required)
  if (ok || isToldByRuns) return []
  const outcome =
    executed === 0 ? 'nothing was executed' : `${executed} of ${required} required runs were executed`
  const message = `${outcome}: ${whyMissing(result)}`
  return [
    {
      name: 'campaign',
      cases: [caseWithoutRun('campaign', 'gate', { kind: 'error', message, type: 'gate' })],
    },
  ]
}

export function renderJunit(result: CampaignResult): string {
  const suites = [
    ...result.scenarios.map((scenario) => scenarioSuite(scenario, result)),
    ...skippedSuites(result),
    ...gateSuites(result),
  ]
  return renderJunitXml('temporal-chaos', suites, new Date(result.campaign.startedAt))
}
