// The `external` backend: a cluster that runs already. The harness has no part in its life: there is nothing to strike but
// the workers that it starts itself.
import { temporalVersion } from '../../../config/temporal-release.ts'
import { measureClockOffset, type ClockOffset } from '../../../temporal/clock-offset.ts'
import { openObserver, withCallSignal, type Observer } from '../../../temporal/observer.ts'
import type { Cluster } from '../../cluster.ts'
import type { StartCluster } from '../../open-backend.ts'
import { assertConsent, type Consent } from './consent.ts'
import type { ExternalConnection } from './connection.ts'
import { callFailure, connectionFailure } from './failures.ts'
import { untilNobodyPolls } from './other-pollers.ts'

export interface ExternalClusterOptions {
  readonly connection: ExternalConnection
  readonly consent: Consent
  /** The task queues of the test. */
  readonly queues: readonly string[]
  /** Those of them that workers poll which the harness was told to attach to: others cannot be told from these. @default none */
  readonly attachedTo?: readonly string[]
}

/** What was found when it was last opened. */
interface Found {
  readonly server: string | null
  readonly clockOffset: ClockOffset
}

/** One for a whole command: later campaigns of it find the workers of the earlier ones still listed. */
export class ExternalCluster {
  readonly #options: ExternalClusterOptions
  #isFree = false
  #found: Found | undefined

  /** @throws UsageError `CHAOS_NAMESPACE_UNCONFIRMED` */
  constructor(options: ExternalClusterOptions) {
    const { connection, consent, queues } = options
    assertConsent(connection.endpoint, consent, queues)
    this.#options = options
  }

  /** For people, as far as it is known. */
  describe(): string[] {
    if (this.#found === undefined) return []
    const { address, namespace } = this.#options.connection.endpoint
    const { server, clockOffset } = this.#found
    return [
      `cluster ${address}, namespace ${namespace}: server ${server ?? 'of unknown version'}; ${clockText(clockOffset)}`,
      ...(server === temporalVersion
        ? []
        : [`this harness is tried with server ${temporalVersion}: another one may behave differently`]),
    ]
  }

  /**
   * @throws by the starter: ChaosError `CHAOS_CLUSTER_UNREACHABLE`, `CHAOS_CLUSTER_TLS`, `CHAOS_CLUSTER_REFUSED`,
   *   `CHAOS_NAMESPACE_MISSING`, `CHAOS_QUEUES_TAKEN`
   */
  starter(signal: AbortSignal): StartCluster {
    return (onProgress = () => {}) => this.#open(signal, onProgress)
  }

  async #open(signal: AbortSignal, onProgress: (text: string) => void): Promise<Cluster> {
    const { connection, queues: all, attachedTo = [] } = this.#options
    const queues = all.filter((queue) => !attachedTo.includes(queue))
    const { endpoint } = connection
    onProgress(`connecting to ${endpoint.address}, namespace ${endpoint.namespace}`)
    await using observer = await openObserver(endpoint).catch(async (thrown: unknown) => {
      throw await connectionFailure(connection, thrown)
    })
    const found = await look(observer, signal).catch((thrown: unknown) => {
      signal.throwIfAborted()
      throw callFailure(thrown, connection)
    })
    const { server, clockOffset } = found
    if (!this.#isFree) await untilNobodyPolls({ observer, queues, clockOffset, signal, onProgress })
    this.#isFree = true
    this.#found = found
    return {
      backend: 'external',
      endpoint,
      versions: { server, postgres: null },
      clockOffset,
      watched: () => [],
      // Nobody here would know of its end but the runs themselves.
      health: new AbortController().signal,
      [Symbol.asyncDispose]: async () => {},
    }
  }
}

async function look(observer: Observer, signal: AbortSignal): Promise<Found> {
  const { client, namespace } = observer
  const { serverVersion } = await withCallSignal(signal, observer, async () => {
    await client.workflowService.describeNamespace({ namespace })
    return client.workflowService.getSystemInfo({})
  })
  return { server: serverVersion || null, clockOffset: await measureClockOffset(observer, signal) }
}

function clockText({ offsetMs, errorMs }: ClockOffset): string {
  const by = `${Math.abs(offsetMs).toFixed(1)} ms`
  return `its clock is ${by} ${offsetMs < 0 ? 'behind' : 'ahead of'} ours (± ${errorMs.toFixed(1)} ms)`
}
