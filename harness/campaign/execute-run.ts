// Executes one run: perform the scenario, record everything, look once more, then judge what is on disk.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { RunClock } from '../core/clock.ts'
import { Deadline } from '../core/deadline.ts'
import { ChaosError, toChaosError } from '../core/errors.ts'
import { readRecord } from '../record/reader.ts'
import { recordFiles, RunRecorder } from '../record/recorder.ts'
import type { RunHeader } from '../record/record.ts'
import type { RunResult } from '../result/campaign-result.ts'
import { RunChoices, type Choice } from '../scenario/choose.ts'
import { runScenario } from '../scenario/run-scenario.ts'
import { Workflows } from '../scenario/workflows.ts'
import { Worker } from '../worker/worker.ts'
import { openLedger } from '../effects/ledger.ts'
import type { RunEnvironment } from './run-environment.ts'
import { judgeRecord } from '../checks/judge-record.ts'
import { observe } from './observe.ts'
import type { PlannedRun } from './plan.ts'

/**
 * Executes and judges one run. A failure of the harness in it is its verdict, not an exception.
 * @throws the reason of the campaign's signal where the user interrupted
 */
export async function executeRun(environment: RunEnvironment, planned: PlannedRun): Promise<RunResult> {
  const folder = path.join('runs', planned.scenario.name, String(planned.run))
  try {
    await perform(environment, planned, path.join(environment.folder, folder))
    environment.signal.throwIfAborted()
    const record = await readRecord(path.join(environment.folder, folder))
    const result = judgeRecord(record, folder, planned.scenario.checks)
    await writeFile(
      path.join(environment.folder, folder, 'verdict.json'),
      `${JSON.stringify(result, undefined, 2)}\n`,
    )
    return result
  } catch (thrown) {
    environment.signal.throwIfAborted()
    return brokenRun(planned, folder, thrown)
  }
}

/** The result of a run whose record could not be written or read. */
function brokenRun({ run, seed }: PlannedRun, folder: string, thrown: unknown): RunResult {
  const { code, message, hint } = toChaosError(thrown)
  const finding = { kind: 'harness' as const, code, message, ...(hint === undefined ? {} : { hint }) }
  return {
    run,
    seed,
    verdict: 'error',
    reason: message,
    durationMs: 0,
    virtualMs: 0,
    clockErrorMs: null,
    checks: [{ check: 'record', status: 'broken', findings: [finding] }],
    faults: [],
    obligations: [],
    worstObligation: null,
    probes: [],
    baseline: { startLatencyMs: null, endToEndMs: null },
    recoveryMs: null,
    resources: [],
    effects: { accepted: 0, repeated: 0 },
    choices: {},
    folder,
  }
}

function headerOf(environment: RunEnvironment, planned: PlannedRun, clock: RunClock): RunHeader {
  const { scenario, run, seed, budgetMs } = planned
  return {
    schema: 1,
    campaign: environment.campaignId,
    campaignSeed: environment.campaignSeed,
    scenario: scenario.name,
    promise: scenario.promise,
    run,
    seed,
    backend: environment.cluster.backend,
    profile: environment.profile,
    budgetMs,
    deadlineMs: scenario.deadlineMs,
    checks: scenario.checks.map(({ name }) => name),
    startedAt: new Date().toISOString(),
    wallAtZeroMs: clock.wallAtZeroMs,
  }
}

async function perform(environment: RunEnvironment, planned: PlannedRun, folder: string): Promise<void> {
  const { hostFor, cluster, observer, profile, bundle, campaignSeed, overrides } = environment
  const { scenario, run, seed } = planned
  // Before its clock: waiting for other runs is no part of this one.
  using turn = await environment.turns.first(AbortSignal.any([environment.signal, cluster.health]))
  const clock = new RunClock()
  using recorder = await RunRecorder.open(folder, headerOf(environment, planned, clock), clock)
  const taskQueue = `${scenario.name}-${run}`
  const host = await hostFor(cluster)
  await using ledger = await openLedger({
    listenOn: host.listenOn,
    advertisedHost: host.harnessAddress,
    file: path.join(folder, recordFiles.effects),
    clock,
    onError: (thrown) => recorder.error(thrown),
  })
  await using worker = new Worker({
    name: 'worker-1',
    host,
    observer,
    recorder,
    turns: environment.turns,
    environment: {
      address: host.temporalAddress,
      namespace: cluster.namespace,
      taskQueue,
      ledgerUrl: ledger.url,
      bundle,
      profile,
    },
    ...(overrides.launch === undefined ? {} : { launch: overrides.launch }),
  })
  using resources = environment.sampler.watch(() => [
    { name: 'harness', pid: process.pid },
    ...cluster.watched(),
    ...worker.watched,
  ])
  const over = new AbortController()
  const signal = AbortSignal.any([environment.signal, cluster.health, worker.health, over.signal])
  const deadline = Deadline.after(scenario.deadlineMs, signal)
  await using workflows = new Workflows({
    observer,
    recorder,
    taskQueue,
    profile,
    deadline,
    ...(overrides.follow === undefined ? {} : { follow: overrides.follow }),
  })
  const onChoice = (choice: Choice) => void recorder.mark({ kind: 'choice', ...choice })
  const choices = new RunChoices({
    campaignSeed,
    scenario: scenario.name,
    run,
    seed,
    given: planned.choices,
    onChoice,
  })
  try {
    await worker.start(deadline)
    const onStep = (step: string) => environment.onStep(planned, step)
    await runScenario({
      scenario,
      cluster,
      observer,
      ledger,
      worker,
      workflows,
      recorder,
      profile,
      choose: choices.choose,
      deadline,
      onStep,
      turn,
    })
    choices.assertGivenWereAsked()
  } catch (thrown) {
    environment.signal.throwIfAborted()
    recorder.error(thrown)
  }
  recorder.mark({ kind: 'ended' })
  turn[Symbol.dispose]()
  // What a scenario that failed left under way must not go on.
  over.abort(new ChaosError('the run is over', { code: 'CHAOS_RUN_OVER' }))
  // From here on nothing is captured: an event that comes after the final look would not be in it.
  await workflows[Symbol.asyncDispose]()
  await environment.turns.calm(environment.signal)
  await observe({ environment, runs: workflows.runs, recorder, resources: resources.peaks(), clock })
  if (recorder.failure !== undefined) throw recorder.failure
}
