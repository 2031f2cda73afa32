// Executes the runs of one test file: on the suite's stack, or, where they strike it, one after the other on a stack of
// their own. Everything is opened when the first run needs it.
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { campaignId } from '../campaign/campaign.ts'
import { executeRun } from '../campaign/execute-run.ts'
import { openGround, type Ground } from '../campaign/run-environment.ts'
import { processHosts } from '../campaign/hosts.ts'
import { openLane, type Lane } from '../campaign/cluster-slot.ts'
import type { PlannedRun } from '../campaign/plan.ts'
import { ChaosError } from '../core/errors.ts'
import { profiles } from '../config/profiles.ts'
import type { RunResult } from '../result/campaign-result.ts'
import { startProcessStack } from '../cluster/backends/process/process-cluster.ts'
import { attachStack } from './attached-stack.ts'
import { sharedStack } from './provided.ts'
import type { SuiteSettings } from './settings.ts'
import { openSession } from '../sessions/open-session.ts'

export class SuiteRuns implements AsyncDisposable {
  /** Of the campaign that these runs are. */
  readonly id = campaignId(new Date())
  readonly folder: string
  readonly #settings: SuiteSettings
  readonly #owned = new AsyncDisposableStack()
  readonly #over = new AbortController()
  #ground: Promise<Ground> | undefined
  #ownLane: Promise<Lane> | undefined
  /** Resolves when the runs that strike a stack and were asked for so far have ended; never rejects. */
  #turn: Promise<unknown> = Promise.resolve()
  /** A test that ran out of time leaves its run behind, which then ends by its signal. */
  readonly #underWay = new Set<Promise<unknown>>()
  #keepsRecords = false

  constructor(settings: SuiteSettings) {
    this.#settings = settings
    this.folder = path.resolve(settings.config.out, this.id)
  }

  /**
   * The record of a run that passed is removed: nobody asks for it, and a suite runs often.
   * @throws what `signal` was aborted with, or what kept a stack from starting
   */
  async execute(planned: PlannedRun, signal: AbortSignal): Promise<RunResult> {
    const running =
      planned.scenario.strikes === 'stack'
        ? this.#inTurn(() => this.#execute(planned, signal, (ground) => this.#ownLaneOf(ground)))
        : this.#execute(planned, signal, async (ground) => ground)
    this.#underWay.add(running)
    const result = await running.finally(() => this.#underWay.delete(running))
    if (result.verdict === 'pass') await rm(path.join(this.folder, result.folder), { recursive: true })
    else this.#keepsRecords = true
    return result
  }

  /** Ends all that was opened; where every run passed, nothing is left of them. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort(new ChaosError('the tests are over', { code: 'CHAOS_SUITE_OVER' }))
    await Promise.allSettled([...this.#underWay, this.#ground, this.#ownLane])
    await this.#owned.disposeAsync()
    if (!this.#keepsRecords) await rm(this.folder, { recursive: true, force: true })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const working = this.#turn.then(work)
    this.#turn = working.catch(() => undefined) // thrown to whom it was done for
    return working
  }

  async #execute(
    planned: PlannedRun,
    signal: AbortSignal,
    laneOf: (ground: Ground) => Promise<Lane>,
  ): Promise<RunResult> {
    const ground = await (this.#ground ??= this.#openGround())
    const { stack, observer } = await laneOf(ground)
    const either = AbortSignal.any([signal, ground.signal])
    return executeRun({ ...ground, stack, observer, signal: either }, planned)
  }

  async #openGround(): Promise<Ground> {
    const { config, plan } = this.#settings
    const shared = sharedStack()
    const session = this.#owned.use(await openSession())
    const executing = {
      session,
      hostFor: processHosts(session),
      profile: profiles[config.profile],
      campaignId: this.id,
      campaignSeed: plan.seed,
      folder: this.folder,
      signal: this.#over.signal,
      seams: {},
      onStep: () => {},
    }
    const open = () => openLane(async () => attachStack(shared), path.join(this.folder, 'logs'))
    return this.#owned.use(await openGround(executing, open))
  }

  #ownLaneOf(ground: Ground): Promise<Lane> {
    return (this.#ownLane ??= this.#openOwnLane(ground))
  }

  async #openOwnLane({ session, signal }: Ground): Promise<Lane> {
    const { binaries } = sharedStack()
    const start = () => startProcessStack({ session, binaries, signal })
    return this.#owned.use(await openLane(start, path.join(this.folder, 'logs', 'own-stack')))
  }
}
