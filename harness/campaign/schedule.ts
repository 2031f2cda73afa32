// Which run gets which stack, and when. Runs that leave the stack alone share the first one, side by side; a run that
// strikes it gets one to itself, the first one too once nobody is on it.
import type { CampaignPlan, PlannedRun } from './plan.ts'

export interface Schedule<Lane> {
  /** How many runs at a time, on however many stacks. */
  readonly concurrency: number
  /** The one that stands already, and that is shared. */
  readonly first: Lane
  /** How many there may be, with the first. */
  readonly lanes: number
  /** Makes one more: called once a run waits for it, one at a time. */
  readonly open: () => Promise<Lane>
  /** False stops the schedule: no further run is started. */
  readonly goesOn: () => boolean
  readonly execute: (planned: PlannedRun, lane: Lane) => Promise<void>
}

/**
 * Runs are started strictly in their order: one that has to wait holds up those after it, so that where the order is
 * random so is the mixture. `runs` may be without an end; it is asked for the next one only when the last was started.
 * Rejects with the first failure of `execute` or `open`, after everything under way has ended.
 */
export async function runSchedule<Lane>(runs: Iterable<PlannedRun>, schedule: Schedule<Lane>): Promise<void> {
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

  /** Undefined where it is not to be started any more. */
  async function placeFor(planned: PlannedRun): Promise<Place<Lane> | undefined> {
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
    follow(places.within(place, planned, () => execute(planned, place.lane)))
  }
  await Promise.all(underWay)
  if (failures.length > 0) throw failures[0]
}

interface Place<Lane> {
  readonly lane: Lane
  running: number
  /** The run on it has it to itself. */
  taken: boolean
}

class Places<Lane> {
  readonly #schedule: Schedule<Lane>
  readonly #places: [Place<Lane>, ...Place<Lane>[]]
  #opening = false

  constructor(schedule: Schedule<Lane>) {
    this.#schedule = schedule
    this.#places = [{ lane: schedule.first, running: 0, taken: false }]
  }

  freeFor({ scenario }: PlannedRun): Place<Lane> | undefined {
    if (!this.#hasRoom) return undefined
    const [shared] = this.#places
    if (scenario.strikes === 'worker') return shared.taken ? undefined : shared
    // Rather another one than the first, which others may want to share.
    return this.#places.findLast(({ running }) => running === 0)
  }

  /** True where one more stack is what this run waits for. */
  lacksOneFor({ scenario }: PlannedRun): boolean {
    const mayOpen = !this.#opening && this.#places.length < this.#schedule.lanes
    return this.#hasRoom && mayOpen && scenario.strikes === 'stack'
  }

  async openOne(): Promise<void> {
    this.#opening = true
    try {
      this.#places.push({ lane: await this.#schedule.open(), running: 0, taken: false })
    } finally {
      this.#opening = false
    }
  }

  async within(place: Place<Lane>, { scenario }: PlannedRun, work: () => Promise<void>): Promise<void> {
    place.running += 1
    place.taken = scenario.strikes === 'stack'
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

/** Those that share a stack first: the others then find the shared one free. Otherwise in their order. */
export function sharedFirst(runs: readonly PlannedRun[]): PlannedRun[] {
  const sharing = (wanted: boolean) =>
    runs.filter(({ scenario }) => (scenario.strikes === 'worker') === wanted)
  return [...sharing(true), ...sharing(false)]
}

/** How many runs strike the stack; of a soak, which draws them without an end, none or any number. */
export function strikingRuns({ runs, soak }: Pick<CampaignPlan, 'runs' | 'soak'>): number {
  if (soak === null) return runs.filter(({ scenario }) => scenario.strikes === 'stack').length
  return soak.scenarios.some(({ strikes }) => strikes === 'stack') ? Infinity : 0
}

export interface LaneBounds {
  readonly striking: number
  readonly concurrency: number
  readonly cores: number
  /** What is left of the machine's memory once the first stack stands. */
  readonly freeBytes: number
}

/** What a stack and the one worker on it take, with room for both to grow. */
const laneBytes = 768 * 1024 ** 2

/**
 * How many stacks are of use, with the first, and can be carried: one for every core, as far as memory allows. Half of them
 * may be struck at a time (see start-turns.ts), while on the others work is begun or comes to its end.
 */
export function laneCount({ striking, concurrency, cores, freeBytes }: LaneBounds): number {
  return Math.max(1, Math.min(striking, concurrency, cores, 1 + Math.floor(freeBytes / laneBytes)))
}
