// The engine: brings up what the runs stand on, schedules them, and keeps one result up to date.
import { randomBytes } from 'node:crypto'
import { copyFile, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../config.ts'
import { ChaosError, toChaosError } from '../errors.ts'
import { profiles } from '../profiles.ts'
import { openObserver } from '../record/observer.ts'
import type { CampaignResult, RunResult } from '../record/timing.ts'
import { openSession, type Session } from '../stack/session.ts'
import type { Stack } from '../stack/stack.ts'
import { startProcessStack } from '../stack/process/process-stack.ts'
import { provision } from '../stack/provision/provision.ts'
import { bundleWorkflows } from '../worker/bundle.ts'
import { Replayer } from '../worker/replayer.ts'
import { executeRun } from './execute-run.ts'
import type { Ground, Seams } from './ground.ts'
import type { CampaignPlan, PlannedRun } from './plan.ts'
import { ResourceSampler } from './resources.ts'
import { campaignResult, type CampaignState, type Stop } from './result.ts'
import { runSchedule } from './schedule.ts'

export type CampaignEvent =
  | { readonly type: 'ready'; readonly result: CampaignResult }
  | { readonly type: 'run-started'; readonly planned: PlannedRun }
  | {
      readonly type: 'run-finished'
      readonly planned: PlannedRun
      readonly run: RunResult
      readonly result: CampaignResult
    }

export interface CampaignOptions {
  readonly plan: CampaignPlan
  readonly config: Config
  readonly id: string
  /** The campaign's report folder; runs write their records below it. */
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  /** Aborted when the user interrupts: everything is healed and ended, and what there is so far is the result. */
  readonly signal: AbortSignal
  readonly onEvent: (event: CampaignEvent) => Promise<void>
  /** What is being done before the first run, in words; called again as it goes on. */
  readonly onProgress: (what: string) => void
  /** What a run is doing, as each of its steps begins. */
  readonly onStep?: (planned: PlannedRun, step: string) => void
  readonly seams?: Seams
}

export interface CampaignOutcome {
  readonly result: CampaignResult
  readonly stopped: Stop | null
}

const ownWorkflows = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url))

/** A name that sorts by time and that no two campaigns share. */
export function campaignId(now: Date): string {
  return `${now.toISOString().slice(0, 19).replaceAll(':', '-')}-${randomBytes(2).toString('hex')}`
}

/** Runs a campaign to its end. Whatever stops it early, a failure of `onEvent` too, is in its outcome; never throws. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignOutcome> {
  let state = initialState(options)
  const { signal, onEvent } = options
  try {
    await using ground = await prepare(options)
    state = { ...state, versions: ground.stack.versions, backend: ground.stack.backend }
    await onEvent({ type: 'ready', result: campaignResult(state) })
    await runSchedule(options.plan.runs, {
      concurrency: options.config.concurrency,
      goesOn: () => state.stopped === null && !signal.aborted && !ground.stack.health.aborted,
      async execute(planned) {
        await onEvent({ type: 'run-started', planned })
        const run = await executeRun(ground, planned)
        state = { ...state, finished: [...state.finished, { scenario: planned.scenario.name, result: run }] }
        if (options.config.bail && run.verdict !== 'pass') state = { ...state, stopped: bailed(planned) }
        await onEvent({ type: 'run-finished', planned, run, result: campaignResult(state) })
      },
    })
    ground.stack.health.throwIfAborted()
    signal.throwIfAborted()
  } catch (thrown) {
    // Whatever failed while an interruption was under way failed because of it.
    const error = toChaosError(signal.aborted ? signal.reason : thrown)
    state = {
      ...state,
      stopped: { reason: error.code === 'CHAOS_INTERRUPTED' ? 'interrupted' : 'error', error },
    }
  }
  return { result: campaignResult(state), stopped: state.stopped }
}

function initialState({ plan, config, id }: CampaignOptions): CampaignState {
  const profile = profiles[config.profile]
  return {
    id,
    startedAt: new Date().toISOString(),
    plan,
    backend: config.backend,
    profile: profile.name,
    settings: { ...config, profile },
    versions: { server: null, postgres: null },
    finished: [],
    stopped: null,
  }
}

function bailed({ scenario, run }: PlannedRun): Stop {
  const message = `stopped at ${scenario.name} #${run}, which did not pass (--bail)`
  return { reason: 'bail', error: new ChaosError(message, { code: 'CHAOS_BAIL', kind: 'harness' }) }
}

async function prepare(options: CampaignOptions): Promise<Ground & AsyncDisposable> {
  const { config, env, signal, plan, id, folder, onProgress, onStep = () => {}, seams = {} } = options
  await using building = new AsyncDisposableStack()
  const session = building.use(await openSession())
  signal.throwIfAborted()
  const binaries = await provision({ config, session, env, signal, onProgress })
  // The bundle is made while the stack comes up: they need nothing of each other.
  const bundling = bundles(session, seams, signal)
  const [stack, bundle] = await both(
    startProcessStack({ session, binaries, signal, onProgress }).then((started) => building.use(started)),
    bundling,
  )
  building.defer(() => keepLogs(stack, folder))
  const observer = building.use(await openObserver(stack.address, stack.namespace))
  const replayer = building.use(await Replayer.open(session, bundle.replay))
  const sampler = building.use(new ResourceSampler())
  const ground = {
    session,
    stack,
    observer,
    bundle: bundle.worker,
    replayer,
    sampler,
    profile: profiles[config.profile],
    config,
    campaignId: id,
    campaignSeed: plan.seed,
    folder,
    signal,
    seams,
    onStep,
  }
  const owned = building.move()
  return { ...ground, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** The logs of server and database lie in the session's folder, which goes with the session. */
async function keepLogs({ logFiles }: Stack, folder: string): Promise<void> {
  const logs = path.join(folder, 'logs')
  await mkdir(logs, { recursive: true })
  await Promise.all(
    Object.entries(logFiles).map(([name, file]) => copyFile(file, path.join(logs, `${name}.log`))),
  )
}

async function bundles(session: Session, seams: Seams, signal: AbortSignal) {
  const entry = path.resolve(seams.workflowsPath ?? ownWorkflows)
  const worker = await bundleWorkflows(session, entry, 'bundle', signal)
  const { replayWorkflowsPath } = seams
  const replay =
    replayWorkflowsPath === undefined
      ? worker
      : await bundleWorkflows(session, path.resolve(replayWorkflowsPath), 'replay-bundle', signal)
  return { worker, replay }
}

/** Both, or the first failure once both have ended: nothing may still be starting when cleaning begins. */
async function both<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  const [first, second] = await Promise.allSettled([a, b])
  if (first.status === 'rejected') throw first.reason
  if (second.status === 'rejected') throw second.reason
  return [first.value, second.value]
}
