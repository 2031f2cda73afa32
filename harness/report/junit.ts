// JUnit XML for CI: a suite per scenario, a case per required run. It is green only if the gate is.
import { stripVTControlCharacters } from 'node:util'
import library, { type Builder, type TestCase, type TestSuite } from 'junit-report-builder'
import { sum } from 'simple-statistics'
import { decisiveFinding } from '../checks/verdict.ts'
import type { CampaignResult, RunResult, ScenarioResult } from '../result/campaign-result.ts'
import { downtimeMs, drainMs } from './downtime.ts'
import { missingRuns, whyMissing, type MissingRun } from './required-runs.ts'
import { rerunCommand } from './rerun.ts'
import { describeCause, renderDetails, runDetails, worstCause } from './run-details.ts'

// Its types describe an ES module, but the package is CommonJS: what is imported is the builder itself.
const builder = library as unknown as Builder

/** What XML can carry: the library drops control characters, but not what escape sequences leave behind of them. */
function clean(text: string): string {
  return stripVTControlCharacters(text).toWellFormed()
}

/** For CDATA: the library splits only the first `]]>` of a text. */
function cleanBody(text: string): string {
  return clean(text).replaceAll(']]>', ']] >')
}

function seconds(ms: number): number {
  return Math.round(ms) / 1000
}

/** JUnit's schema has timestamps without a zone; these are UTC. */
function timestamp(result: CampaignResult): string {
  return new Date(result.campaign.startedAt).toISOString().slice(0, 19)
}

function addSuite(report: Builder, name: string, result: CampaignResult): TestSuite {
  return report.testSuite().name(clean(name)).timestamp(timestamp(result))
}

function addCase(suite: TestSuite, scenario: string, name: string): TestCase {
  return suite.testCase().name(clean(name)).className(clean(scenario))
}

function addProperties(testCase: TestCase, run: RunResult, { campaign }: CampaignResult): void {
  const cause = worstCause(run)
  testCase
    .property('seed', String(run.seed))
    .property('campaignSeed', String(campaign.seed))
    .property('profile', clean(campaign.profile))
    .property('backend', clean(campaign.backend))
  if (run.recoveryMs !== null) testCase.property('recoveryMs', String(Math.round(run.recoveryMs)))
  for (const fault of run.faults) {
    const drain = drainMs(fault)
    const away = downtimeMs(fault)
    if (drain !== null) testCase.property('drainMs', String(Math.round(drain)))
    if (away !== null) testCase.property(`awayMs of ${fault.name}`, String(Math.round(away)))
  }
  for (const { probe, waitedMs } of run.probes) {
    testCase.property(`probe ${probe} ms`, String(Math.round(waitedMs)))
  }
  const { startLatencyMs, endToEndMs } = run.baseline
  if (startLatencyMs !== null) testCase.property('startLatencyMs', String(Math.round(startLatencyMs)))
  if (endToEndMs !== null) testCase.property('endToEndMs', String(Math.round(endToEndMs)))
  if (run.virtualMs > 0) testCase.property('virtualMs', String(Math.round(run.virtualMs)))
  if (run.clockErrorMs !== null) testCase.property('clockErrorMs', String(Math.ceil(run.clockErrorMs)))
  if (cause !== null) testCase.property('cause', clean(describeCause(cause)))
}

function addRun(suite: TestSuite, scenario: ScenarioResult, run: RunResult, result: CampaignResult): void {
  const testCase = addCase(suite, scenario.name, `${scenario.name} #${run.run}`).time(seconds(run.durationMs))
  addProperties(testCase, run, result)
  if (run.verdict === 'pass') return
  const details = runDetails(run, { campaign: result.campaign, scenario, record: run.folder })
  const message = clean(run.reason ?? run.verdict)
  const body = cleanBody(renderDetails(details))
  if (run.verdict === 'fail') {
    testCase.failure(message, clean(decisiveFinding(run.findings)?.check ?? 'fail')).stacktrace(body)
  } else {
    testCase.error(message, run.verdict, body)
  }
}

function addMissing(suite: TestSuite, { scenario, run }: MissingRun, result: CampaignResult): void {
  addCase(suite, scenario, `${scenario} #${run}`)
    .time(0)
    .error(
      clean(`not executed: ${whyMissing(result)}`),
      'not executed',
      cleanBody(rerunCommand(result.campaign, scenario, run)),
    )
}

function addSkipped(report: Builder, result: CampaignResult): void {
  for (const { scenario, reason } of result.gate.skipped) {
    const suite = addSuite(report, scenario, result).time(0)
    withSkippedMessage(addCase(suite, scenario, scenario).time(0).skipped(), clean(reason))
  }
}

/** The library's `<skipped>` takes no message, which is where CI systems look for the reason: it is put in as it is built. */
function withSkippedMessage(testCase: TestCase, message: string): void {
  const build = testCase.build.bind(testCase)
  testCase.build = (parent) => {
    const element = build(parent)
    for (const child of element.children)
      if ('name' in child && child.name === 'skipped') child.attribute('message', message)
    return element
  }
}

/** A gate that is not ok must be seen, also where no run tells why: nothing selected, or stopped at its end. */
function addGate(report: Builder, result: CampaignResult): void {
  const { executed, required } = result.gate
  const message =
    executed === 0 ? 'nothing was executed' : `${executed} of ${required} required runs were executed`
  addCase(addSuite(report, 'campaign', result).time(0), 'campaign', 'gate')
    .time(0)
    .error(clean(`${message}: ${whyMissing(result)}`), 'gate')
}

function addScenario(report: Builder, scenario: ScenarioResult, result: CampaignResult): void {
  const durations = scenario.runs.map((run) => run.durationMs)
  const suite = addSuite(report, scenario.name, result).time(seconds(sum(durations)))
  suite.property('promise', clean(scenario.promise)).property('budgetMs', String(scenario.budgetMs))
  for (const run of scenario.runs) addRun(suite, scenario, run, result)
  for (const missing of missingRuns(result, scenario)) addMissing(suite, missing, result)
}

/** The text of `junit.xml`. */
export function renderJunit(result: CampaignResult): string {
  const report = builder.newBuilder().name('temporal-chaos')
  for (const scenario of result.scenarios) addScenario(report, scenario, result)
  addSkipped(report, result)
  const isTold = result.scenarios.some(({ required, stats }) => stats.passed < required)
  if (!result.gate.ok && !isTold) addGate(report, result)
  return report.build()
}
