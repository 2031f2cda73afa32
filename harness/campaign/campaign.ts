// The engine: brings up what the runs stand on, schedules them, and keeps one result up to date.
import { randomBytes } from 'node:crypto'
import { monotonicMs } from '../core/clock.ts'
import { shownSettings, type Config } from '../config/config.ts'
import { toChaosError } from '../core/errors.ts'
import { profiles, type Profile } from '../config/profiles.ts'
import type { CampaignResult, RunResult } from '../result/campaign-result.ts'
import { executeRun } from './execute-run.ts'
import { GoldenRuns } from './golden-runs.ts'
import type { ClusterSlot } from './cluster-slot.ts'
import { openCampaign } from './open-campaign.ts'
import type { CampaignPlan, PlannedRun } from './plan.ts'
import type { CampaignContext } from './run-environment.ts'
import { runParts, type RunParts } from './run-parts.ts'
import { campaignResult, type CampaignState, type Stop } from './result.ts'
import { slotCount, runSchedule, sharedFirst, ownClusterRuns } from './schedule.ts'
import { interruptedBy, stopAfter } from './stop.ts'

export type CampaignEvent =
  | { readonly type: 'ready'; readonly result: CampaignResult }
  | {
      readonly type: 'run-started'
      readonly planned: PlannedRun
      /** Address of the cluster that it got. */
      readonly address: string
    }
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
  /** Parts that stand in for the usual ones, in the harness's own tests. */
  readonly overrides?: Partial<RunParts>
}

export interface CampaignOutcome {
  readonly result: CampaignResult
  readonly stopped: Stop | null
}

/** A name that sorts by time and that no two campaigns share. */
export function campaignId(now: Date): string {
  return `${now.toISOString().slice(0, 19).replaceAll(':', '-')}-${randomBytes(2).toString('hex')}`
}

/** Runs a campaign to its end. Whatever stops it early, a failure of `onEvent` too, is in its outcome; never throws. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignOutcome> {
  let state = initialState(options)
  const { plan, config, signal, onEvent } = options
  let isOver = false
  try {
    const parts = runParts(options.overrides)
    const campaign = contextOf(options)
    const golden = new GoldenRuns((scenario) => config.golden || parts.isGoldenWanted(scenario))
    await using opened = await openCampaign(options, parts)
    const { slots, tools } = opened
    state = { ...state, versions: slots.first.cluster.versions }
    await onEvent({ type: 'ready', result: campaignResult(state) })
    const untilMs = monotonicMs() + (plan.soak?.forMs ?? Infinity)
    const clustersLive = () => slots.all.every(({ cluster }) => !cluster.health.aborted)
    await runSchedule<ClusterSlot>(plan.soak?.draw() ?? sharedFirst(plan.runs), {
      concurrency: config.concurrency,
      first: slots.first,
      slots: slotsFor(options, parts.cores),
      open: () => slots.add(),
      goesOn: () => state.stopped === null && !signal.aborted && clustersLive() && monotonicMs() < untilMs,
      async execute(planned, slot) {
        state = { ...state, begun: [...state.begun, planned] }
        await onEvent({ type: 'run-started', planned, address: slot.cluster.endpoint.address })
        const run = await executeRun({ campaign, slot, tools }, planned, golden)
        state = { ...state, finished: [...state.finished, { scenario: planned.scenario.name, result: run }] }
        state = { ...state, stopped: state.stopped ?? stopAfter(planned, run.verdict, plan, config) }
        await onEvent({ type: 'run-finished', planned, run, result: campaignResult(state) })
      },
    })
    for (const { cluster } of slots.all) cluster.health.throwIfAborted()
    signal.throwIfAborted()
    isOver = true
  } catch (thrown) {
    const error = signal.aborted ? interruptedBy(signal.reason, thrown, isOver) : toChaosError(thrown)
    state = {
      ...state,
      stopped: { reason: error.code === 'CHAOS_INTERRUPTED' ? 'interrupted' : 'error', error },
    }
  }
  return { result: campaignResult(state), stopped: state.stopped }
}

/** A campaign's state before anything of it was begun. */
export function initialState({
  plan,
  config,
  id,
  overrides,
}: Pick<CampaignOptions, 'plan' | 'config' | 'id' | 'overrides'>): CampaignState {
  const profile = profileIn(config, overrides)
  const project = overrides?.project ?? null
  const consent = overrides?.consent ?? null
  return {
    id,
    startedAt: new Date().toISOString(),
    plan,
    profile: profile.name,
    settings: { ...shownSettings(config), profile, ...(project && { project: project.file }) },
    ...(consent === null ? {} : { consent }),
    versions: { server: null, postgres: null },
    begun: [],
    finished: [],
    stopped: null,
  }
}

function contextOf({ onStep = () => {}, ...options }: CampaignOptions): CampaignContext {
  const { id, plan, folder, signal } = options
  return {
    id,
    seed: plan.seed,
    folder,
    profile: profileIn(options.config, options.overrides),
    signal,
    onStep,
  }
}

function profileIn(config: Config, overrides: Partial<RunParts> | undefined): Profile {
  return overrides?.project?.profile ?? profiles[config.profile]
}

function slotsFor({ plan, config }: CampaignOptions, cores: number): number {
  return slotCount({
    ownCluster: ownClusterRuns(plan),
    concurrency: config.concurrency,
    cores,
    freeBytes: process.availableMemory(),
  })
}
