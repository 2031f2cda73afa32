// Decides which run gets which cluster, and when. Runs that inject no fault into a cluster share the first one. Any other
// run has a cluster to itself, which may be the first one once no other run is on it.
import type { CampaignPlan, PlannedRun } from './plan.ts'

export interface Schedule<ClusterSlot> {
  /** The number of runs at a time, on all clusters together. */
  readonly concurrency: number
  /** The cluster that is already up, and that runs share. */
  readonly first: ClusterSlot
  /** The largest number of clusters, including the first. */
  readonly slots: number
  /** Opens another cluster if a run waits for it. Only one opens at a time. */
  readonly open: () => Promise<ClusterSlot>
  /** False stops the schedule: no further run is started. */
  readonly goesOn: () => boolean
  readonly execute: (planned: PlannedRun, slot: ClusterSlot) => Promise<void>
}

/**
 * Starts runs strictly in their order: a run that has to wait holds up those after it, so a random order stays random.
 * `runs` may be endless; the next one is requested only once the previous one has started.
 * Rejects with the first failure of `execute` or `open`, after everything under way has ended.
 */
export async function runSchedule<ClusterSlot>(
  runs: Iterable<PlannedRun>,
  schedule: Schedule<ClusterSlot>,
): Promise<void> {
  const { goesOn, execute } = schedule
  const places = new Places(schedule)
  const underWay = new Set<Promise<void>>()
  const failures: unknown[] = []
  const mayGoOn = () => failures.length === 0 && goesOn()
  function follow(work: Promise<void>): void {
    const followed = work
      .catch((thrown: unknown) => void failures.push(thrown))
      .finally(() => underWay.delete(followed))
    underWay.add(followed)
  }

  /** Undefined if no further run may start. */
  async function placeFor(planned: PlannedRun): Promise<Place<ClusterSlot> | undefined> {
    while (mayGoOn()) {
      const place = places.freeFor(planned)
      if (place !== undefined) return place
      if (places.lacksOneFor(planned)) follow(places.openOne())
      await Promise.race(underWay)
    }
    return undefined
  }

  for (const planned of runs) {
    const place = await placeFor(planned)
    if (place === undefined) break
    follow(places.within(place, planned, () => execute(planned, place.slot)))
  }
  await Promise.all(underWay)
  if (failures.length > 0) throw failures[0]
}

interface Place<ClusterSlot> {
  readonly slot: ClusterSlot
  running: number
  /** One run has it to itself. */
  taken: boolean
}

class Places<ClusterSlot> {
  readonly #schedule: Schedule<ClusterSlot>
  readonly #places: [Place<ClusterSlot>, ...Place<ClusterSlot>[]]
  #opening = false

  constructor(schedule: Schedule<ClusterSlot>) {
    this.#schedule = schedule
    this.#places = [{ slot: schedule.first, running: 0, taken: false }]
  }

  freeFor({ scenario }: PlannedRun): Place<ClusterSlot> | undefined {
    if (!this.#hasRoom) return undefined
    const [shared] = this.#places
    if (scenario.isolation === 'shared') return shared.taken ? undefined : shared
    // Others may want to share the first one.
    return this.#places.findLast(({ running }) => running === 0)
  }

  /** Whether this run waits for one more cluster. */
  lacksOneFor({ scenario }: PlannedRun): boolean {
    const mayOpen = !this.#opening && this.#places.length < this.#schedule.slots
    return this.#hasRoom && mayOpen && scenario.isolation === 'own-cluster'
  }

  async openOne(): Promise<void> {
    this.#opening = true
    try {
      this.#places.push({ slot: await this.#schedule.open(), running: 0, taken: false })
    } finally {
      this.#opening = false
    }
  }

  async within(
    place: Place<ClusterSlot>,
    { scenario }: PlannedRun,
    work: () => Promise<void>,
  ): Promise<void> {
    place.running += 1
    place.taken = scenario.isolation === 'own-cluster'
    try {
      await work()
    } finally {
      place.running -= 1
      place.taken = false
    }
  }

  get #hasRoom(): boolean {
    return this.#places.reduce((sum, { running }) => sum + running, 0) < this.#schedule.concurrency
  }
}

/** Puts runs that share a cluster first, because the others then find it free. Otherwise the order stays. */
export function sharedFirst(runs: readonly PlannedRun[]): PlannedRun[] {
  const sharing = (wanted: boolean) =>
    runs.filter(({ scenario }) => (scenario.isolation === 'shared') === wanted)
  return [...sharing(true), ...sharing(false)]
}

/** The number of runs that need their own cluster. A soak draws runs without an end: none, or infinitely many. */
export function ownClusterRuns({ runs, soak }: Pick<CampaignPlan, 'runs' | 'soak'>): number {
  if (soak === null) return runs.filter(({ scenario }) => scenario.isolation === 'own-cluster').length
  return soak.scenarios.some(({ isolation }) => isolation === 'own-cluster') ? Infinity : 0
}

export interface SlotBounds {
  readonly ownCluster: number
  readonly concurrency: number
  readonly cores: number
  /** The machine's free memory once the first cluster is up. */
  readonly freeBytes: number
}

/** The memory of a cluster and its worker, with room for both to grow. */
const slotBytes = 768 * 1024 ** 2

/**
 * The number of useful clusters, including the first: one for each core, as far as memory allows. Only half of them see
 * faults at a time (see fault-permits.ts). On the others, runs start or end meanwhile.
 */
export function slotCount({ ownCluster, concurrency, cores, freeBytes }: SlotBounds): number {
  return Math.max(1, Math.min(ownCluster, concurrency, cores, 1 + Math.floor(freeBytes / slotBytes)))
}
