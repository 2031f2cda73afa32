// Which run gets which cluster, and when. Runs that leave the cluster alone share the first one. A run that injects faults
// into its cluster has it to itself; that may be the first one, once no other run is on it.
import type { CampaignPlan, PlannedRun } from './plan.ts'

export interface Schedule<ClusterSlot> {
  /** How many runs at a time, on however many clusters. */
  readonly concurrency: number
  /** The one that is up already, and that runs share. */
  readonly first: ClusterSlot
  /** How many there may be, including the first. */
  readonly slots: number
  /** Makes one more, if a run waits for it; one at a time. */
  readonly open: () => Promise<ClusterSlot>
  /** False stops the schedule: no further run is started. */
  readonly goesOn: () => boolean
  readonly execute: (planned: PlannedRun, slot: ClusterSlot) => Promise<void>
}

/**
 * Runs are started strictly in their order: one that has to wait holds up those after it. So a random order stays random.
 * `runs` may be endless; it is asked for the next one only when the last was started.
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

  /** Undefined if no run is to be started any more. */
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
  /** The run on it has it to itself. */
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

/** Runs that share a cluster come first: the others then find it free. Otherwise the order stays. */
export function sharedFirst(runs: readonly PlannedRun[]): PlannedRun[] {
  const sharing = (wanted: boolean) =>
    runs.filter(({ scenario }) => (scenario.isolation === 'shared') === wanted)
  return [...sharing(true), ...sharing(false)]
}

/** How many runs need a cluster of their own; a soak draws runs without an end, so none or any number. */
export function ownClusterRuns({ runs, soak }: Pick<CampaignPlan, 'runs' | 'soak'>): number {
  if (soak === null) return runs.filter(({ scenario }) => scenario.isolation === 'own-cluster').length
  return soak.scenarios.some(({ isolation }) => isolation === 'own-cluster') ? Infinity : 0
}

export interface SlotBounds {
  readonly ownCluster: number
  readonly concurrency: number
  readonly cores: number
  /** What is left of the machine's memory once the first cluster stands. */
  readonly freeBytes: number
}

/** Memory of a cluster and its worker, with room for both to grow. */
const slotBytes = 768 * 1024 ** 2

/**
 * How many clusters are of use, with the first: one for every core, as far as memory allows. Faults are injected into
 * half of them at a time (see fault-permits.ts), while on the others work begins or comes to its end.
 */
export function slotCount({ ownCluster, concurrency, cores, freeBytes }: SlotBounds): number {
  return Math.max(1, Math.min(ownCluster, concurrency, cores, 1 + Math.floor(freeBytes / slotBytes)))
}
