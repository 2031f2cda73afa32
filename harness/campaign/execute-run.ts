// Executes one run: perform the story, record everything, look once more, then judge what is on disk.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { RunClock } from '../core/clock.ts'
import { Deadline } from '../core/deadline.ts'
import { ChaosError, toChaosError } from '../core/errors.ts'
import { readRecord } from '../record/reader.ts'
import { recordFiles, RunRecorder } from '../record/recorder.ts'
import type { RunHeader } from '../record/record.ts'
import type { RunResult } from '../result/campaign-result.ts'
import { createChoose } from '../scenario/choose.ts'
import { tell } from '../scenario/run-scenario.ts'
import { Workflows } from '../scenario/workflows.ts'
import { Worker } from '../worker/worker.ts'
import { openWorld } from '../effects/ledger.ts'
import type { Ground } from './run-environment.ts'
import { judgeRecord } from '../checks/judge-record.ts'
import { observe } from './observe.ts'
import type { PlannedRun } from './plan.ts'

/**
 * Executes and judges one run. A failure of the harness in it is its verdict, not an exception.
 * @throws the reason of the campaign's signal where the user interrupted
 */
export async function executeRun(ground: Ground, planned: PlannedRun): Promise<RunResult> {
  const folder = path.join('runs', planned.scenario.name, String(planned.run))
  try {
    await perform(ground, planned, path.join(ground.folder, folder))
    ground.signal.throwIfAborted()
    const result = judgeRecord(await readRecord(path.join(ground.folder, folder)), folder)
    await writeFile(
      path.join(ground.folder, folder, 'verdict.json'),
      `${JSON.stringify(result, undefined, 2)}\n`,
    )
    return result
  } catch (thrown) {
    ground.signal.throwIfAborted()
    return brokenRun(planned, folder, thrown)
  }
}

/** The result of a run whose record could not be written or read. */
function brokenRun({ run, seed }: PlannedRun, folder: string, thrown: unknown): RunResult {
  const { code, message, hint } = toChaosError(thrown)
  const finding = {
    check: 'record',
    kind: 'harness' as const,
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
  }
  return {
    run,
    seed,
    verdict: 'error',
    reason: message,
    durationMs: 0,
    virtualMs: 0,
    clockErrorMs: null,
    findings: [finding],
    faults: [],
    obligations: [],
    probes: [],
    undisturbed: { startLatencyMs: null, endToEndMs: null },
    recoveryMs: null,
    resources: [],
    effects: { accepted: 0, repeated: 0 },
    choices: {},
    folder,
  }
}

function headerOf(ground: Ground, planned: PlannedRun, clock: RunClock): RunHeader {
  const { scenario, run, seed, budgetMs } = planned
  return {
    schema: 1,
    campaign: ground.campaignId,
    campaignSeed: ground.campaignSeed,
    scenario: scenario.name,
    promise: scenario.promise,
    run,
    seed,
    backend: ground.stack.backend,
    profile: ground.profile,
    budgetMs,
    deadlineMs: scenario.deadlineMs,
    checks: [...scenario.checks],
    startedAt: new Date().toISOString(),
    wallAtZeroMs: clock.wallAtZeroMs,
  }
}

async function perform(ground: Ground, planned: PlannedRun, folder: string): Promise<void> {
  const { hostFor, stack, observer, profile, bundle, campaignSeed, seams } = ground
  const { scenario, run, seed } = planned
  // Before its clock: waiting for other runs is no part of this one.
  using turn = await ground.turns.first(AbortSignal.any([ground.signal, stack.health]))
  const clock = new RunClock()
  using recorder = await RunRecorder.open(folder, headerOf(ground, planned, clock), clock)
  const taskQueue = `${scenario.name}-${run}`
  const host = await hostFor(stack)
  await using world = await openWorld({
    listenOn: host.listenOn,
    knownAs: host.harnessAddress,
    file: path.join(folder, recordFiles.effects),
    clock,
    onError: (thrown) => recorder.error(thrown),
  })
  await using worker = new Worker({
    name: 'worker-1',
    host,
    observer,
    recorder,
    turns: ground.turns,
    surroundings: {
      address: host.temporalAddress,
      namespace: stack.namespace,
      taskQueue,
      worldUrl: world.url,
      bundle,
      profile,
    },
    ...(seams.launch === undefined ? {} : { launch: seams.launch }),
  })
  using resources = ground.sampler.watch(() => [
    { name: 'harness', pid: process.pid },
    ...stack.watched(),
    ...worker.watched,
  ])
  const over = new AbortController()
  const signal = AbortSignal.any([ground.signal, stack.health, worker.health, over.signal])
  const deadline = Deadline.after(scenario.deadlineMs, signal)
  await using workflows = new Workflows({
    observer,
    recorder,
    taskQueue,
    profile,
    deadline,
    ...(seams.follow === undefined ? {} : { follow: seams.follow }),
  })
  const onChoice = (name: string, value: string | number | boolean) => {
    recorder.mark({ kind: 'choice', name, value })
  }
  const choose = createChoose({ campaignSeed, scenario: scenario.name, run, seed, onChoice })
  try {
    await worker.start(deadline)
    const onStep = (step: string) => ground.onStep(planned, step)
    await tell({
      scenario,
      stack,
      observer,
      world,
      worker,
      workflows,
      recorder,
      profile,
      choose,
      deadline,
      onStep,
      turn,
    })
  } catch (thrown) {
    ground.signal.throwIfAborted()
    recorder.error(thrown)
  }
  recorder.mark({ kind: 'ended' })
  turn[Symbol.dispose]()
  // What a story that failed left under way must not go on.
  over.abort(new ChaosError('the run is over', { code: 'CHAOS_RUN_OVER' }))
  // From here on nothing is captured: an event that comes after the final look would not be in it.
  await workflows[Symbol.asyncDispose]()
  await ground.turns.calm(ground.signal)
  await observe({ ground, runs: workflows.runs, recorder, resources: resources.peaks(), clock })
  if (recorder.failure !== undefined) throw recorder.failure
}
