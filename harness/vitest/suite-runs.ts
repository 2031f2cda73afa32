// Executes the runs of one test file on the suite's cluster, or on their own one if they inject faults into
// it. Everything is opened when the first run needs it.
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { campaignId } from '../campaign/campaign.ts'
import { executeRun } from '../campaign/execute-run.ts'
import type { CampaignContext } from '../campaign/run-environment.ts'
import { runParts } from '../campaign/run-parts.ts'
import { openRunTools, type RunTools } from '../campaign/run-tools.ts'
import { processHosts } from '../campaign/hosts.ts'
import { openClusterSlot, type ClusterSlot } from '../campaign/cluster-slot.ts'
import type { PlannedRun } from '../campaign/plan.ts'
import { ChaosError } from '../core/errors.ts'
import { settleBoth } from '../core/settle-both.ts'
import { profiles } from '../config/profiles.ts'
import type { RunResult } from '../result/campaign-result.ts'
import { startProcessCluster } from '../cluster/backends/process/process-cluster.ts'
import { attachCluster } from './attached-cluster.ts'
import { sharedCluster } from './provided.ts'
import { UnderTest } from '../processes/under-test.ts'
import type { Session } from '../processes/session.ts'
import type { SuiteSettings } from './settings.ts'
import { openSession } from '../sessions/open-session.ts'

/** Everything that the runs of a test file share. */
interface Shared {
  readonly tools: RunTools
  /** The slot on the suite's cluster. */
  readonly slot: ClusterSlot
  /** For processes under test. */
  readonly systemSession: Session
}

export class SuiteRuns implements AsyncDisposable {
  /** Identifies these runs as a campaign. */
  readonly id = campaignId(new Date())
  readonly folder: string
  readonly #settings: SuiteSettings
  readonly #owned = new AsyncDisposableStack()
  readonly #over = new AbortController()
  #shared: Promise<Shared> | undefined
  #ownSlot: Promise<ClusterSlot> | undefined
  /** Resolves once all runs so far that need their own cluster have ended; never rejects. */
  #turn: Promise<unknown> = Promise.resolve()
  /** A test that timed out leaves its run behind. The run then ends by its signal. */
  readonly #underWay = new Set<Promise<unknown>>()
  #keepsRecords = false

  constructor(settings: SuiteSettings) {
    this.#settings = settings
    this.folder = path.resolve(settings.config.out, this.id)
  }

  /**
   * Removes the record of a run that passed: nobody reads it, and a suite runs often.
   * @throws the signal's reason if it was aborted, or the error that kept a cluster from starting
   */
  async execute(planned: PlannedRun, signal: AbortSignal): Promise<RunResult> {
    const running =
      planned.scenario.isolation === 'own-cluster'
        ? this.#inTurn(() => this.#execute(planned, signal))
        : this.#execute(planned, signal)
    this.#underWay.add(running)
    const result = await running.finally(() => this.#underWay.delete(running))
    if (result.verdict === 'pass') await rm(path.join(this.folder, result.folder), { recursive: true })
    else this.#keepsRecords = true
    return result
  }

  /** Ends everything that was opened. If every run passed, nothing is left of them. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort(new ChaosError('the tests are over', { code: 'CHAOS_SUITE_OVER' }))
    await Promise.allSettled([...this.#underWay, this.#shared, this.#ownSlot])
    await this.#owned.disposeAsync()
    if (!this.#keepsRecords) await rm(this.folder, { recursive: true, force: true })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const working = this.#turn.then(work)
    this.#turn = working.catch(() => undefined) // the caller gets the error
    return working
  }

  async #execute(planned: PlannedRun, signal: AbortSignal): Promise<RunResult> {
    const shared = await (this.#shared ??= this.#openShared())
    const slot =
      planned.scenario.isolation === 'own-cluster'
        ? await (this.#ownSlot ??= this.#openOwnSlot(shared.systemSession))
        : shared.slot
    return executeRun({ campaign: this.#contextFor(signal), slot, tools: shared.tools }, planned)
  }

  #contextFor(test: AbortSignal): CampaignContext {
    const { config, plan } = this.#settings
    const signal = AbortSignal.any([test, this.#over.signal])
    const { id, folder } = this
    return { id, seed: plan.seed, folder, profile: profiles[config.profile], signal, onStep: () => {} }
  }

  async #openShared(): Promise<Shared> {
    const cluster = sharedCluster()
    const harnessSession = this.#owned.use(await openSession())
    const underTest = new UnderTest(harnessSession)
    const systemSession = underTest.session
    const hostFor = processHosts(systemSession)
    const logs = path.join(this.folder, 'logs')
    const { signal } = this.#over
    const [slot, tools] = await settleBoth(
      openClusterSlot(async () => attachCluster(cluster), logs).then((opened) => this.#owned.use(opened)),
      openRunTools({ harnessSession, underTest, hostFor, parts: runParts(), signal }).then((opened) =>
        this.#owned.use(opened),
      ),
    )
    return { tools, slot, systemSession }
  }

  async #openOwnSlot(session: Session): Promise<ClusterSlot> {
    const { binaries } = sharedCluster()
    const { signal } = this.#over
    const start = () => startProcessCluster({ session, binaries, signal })
    return this.#owned.use(await openClusterSlot(start, path.join(this.folder, 'logs', 'own-cluster')))
  }
}
