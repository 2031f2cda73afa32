// A campaign's clusters: the first one is shared by several runs, further ones are for single runs.
import path from 'node:path'
import type { StartCluster } from '../cluster/open-backend.ts'
import { openClusterSlot, type ClusterSlot, type OpenPayloadReader } from './cluster-slot.ts'

export interface ClusterSlotsOptions {
  readonly startCluster: StartCluster
  /** Folder for the logs of the clusters. */
  readonly logs: string
  /** Null for the data converter of the endpoint. */
  readonly openReader: OpenPayloadReader | null
  /** Told in words what is done until the first cluster is up. */
  readonly onProgress: (what: string) => void
}

export class ClusterSlots implements AsyncDisposable {
  readonly first: ClusterSlot
  readonly #options: ClusterSlotsOptions
  readonly #owned: AsyncDisposableStack
  readonly #all: ClusterSlot[]

  private constructor(options: ClusterSlotsOptions, first: ClusterSlot, owned: AsyncDisposableStack) {
    this.first = first
    this.#options = options
    this.#owned = owned
    this.#all = [first]
  }

  /** Starts the first cluster. @throws as `openClusterSlot` does */
  static async open(options: ClusterSlotsOptions): Promise<ClusterSlots> {
    const { startCluster, logs, openReader, onProgress } = options
    await using building = new AsyncDisposableStack()
    const first = building.use(await openClusterSlot(() => startCluster(onProgress), logs, openReader))
    return new ClusterSlots(options, first, building.move())
  }

  /** All slots that are open. */
  get all(): readonly ClusterSlot[] {
    return this.#all
  }

  /** Starts another cluster. Must have ended before this is disposed. @throws as `openClusterSlot` does */
  async add(): Promise<ClusterSlot> {
    const { startCluster, logs, openReader } = this.#options
    const folder = path.join(logs, `cluster-${this.#all.length + 1}`)
    const slot = this.#owned.use(await openClusterSlot(startCluster, folder, openReader))
    this.#all.push(slot)
    return slot
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#owned.disposeAsync()
  }
}
