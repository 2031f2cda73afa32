// Executes the runs of one test file: on the suite's cluster, or, where they strike it, one after the other on a cluster of
// their own. Everything is opened when the first run needs it.
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { campaignId } from '../campaign/campaign.ts'
import { executeRun } from '../campaign/execute-run.ts'
import { openRunEnvironment, type RunEnvironment } from '../campaign/run-environment.ts'
import { processHosts } from '../campaign/hosts.ts'
import { openClusterSlot, type ClusterSlot } from '../campaign/cluster-slot.ts'
import type { PlannedRun } from '../campaign/plan.ts'
import { ChaosError } from '../core/errors.ts'
import { profiles } from '../config/profiles.ts'
import type { RunResult } from '../result/campaign-result.ts'
import { startProcessCluster } from '../cluster/backends/process/process-cluster.ts'
import { attachCluster } from './attached-cluster.ts'
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
  #environment: Promise<RunEnvironment> | undefined
  #ownLane: Promise<ClusterSlot> | undefined
  /** Resolves when the runs that strike a cluster and were asked for so far have ended; never rejects. */
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
   * @throws what `signal` was aborted with, or what kept a cluster from starting
   */
  async execute(planned: PlannedRun, signal: AbortSignal): Promise<RunResult> {
    const running =
      planned.scenario.isolation === 'own-cluster'
        ? this.#inTurn(() => this.#execute(planned, signal, (environment) => this.#ownLaneOf(environment)))
        : this.#execute(planned, signal, async (environment) => environment)
    this.#underWay.add(running)
    const result = await running.finally(() => this.#underWay.delete(running))
    if (result.verdict === 'pass') await rm(path.join(this.folder, result.folder), { recursive: true })
    else this.#keepsRecords = true
    return result
  }

  /** Ends all that was opened; where every run passed, nothing is left of them. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort(new ChaosError('the tests are over', { code: 'CHAOS_SUITE_OVER' }))
    await Promise.allSettled([...this.#underWay, this.#environment, this.#ownLane])
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
    laneOf: (environment: RunEnvironment) => Promise<ClusterSlot>,
  ): Promise<RunResult> {
    const environment = await (this.#environment ??= this.#openRunEnvironment())
    const { cluster, observer } = await laneOf(environment)
    const either = AbortSignal.any([signal, environment.signal])
    return executeRun({ ...environment, cluster, observer, signal: either }, planned)
  }

  async #openRunEnvironment(): Promise<RunEnvironment> {
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
      overrides: {},
      onStep: () => {},
    }
    const open = () => openClusterSlot(async () => attachCluster(shared), path.join(this.folder, 'logs'))
    return this.#owned.use(await openRunEnvironment(executing, open))
  }

  #ownLaneOf(environment: RunEnvironment): Promise<ClusterSlot> {
    return (this.#ownLane ??= this.#openOwnLane(environment))
  }

  async #openOwnLane({ session, signal }: RunEnvironment): Promise<ClusterSlot> {
    const { binaries } = sharedStack()
    const start = () => startProcessCluster({ session, binaries, signal })
    return this.#owned.use(await openClusterSlot(start, path.join(this.folder, 'logs', 'own-cluster')))
  }
}
