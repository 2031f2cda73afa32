// In which order runs get the stack: those that leave it alone side by side, then each that strikes it by itself.
import type { PlannedRun } from './plan.ts'

export interface Schedule {
  readonly concurrency: number
  /** False stops the schedule: no further run is started. */
  readonly goesOn: () => boolean
  readonly execute: (planned: PlannedRun) => Promise<void>
}

/** Rejects with the first failure of `execute`, after the runs under way have ended. */
export async function runSchedule(runs: readonly PlannedRun[], schedule: Schedule): Promise<void> {
  const shared = runs.filter(({ scenario }) => scenario.strikes === 'worker')
  const alone = runs.filter(({ scenario }) => scenario.strikes === 'stack')
  await inLanes(shared, schedule)
  await inLanes(alone, { ...schedule, concurrency: 1 })
}

async function inLanes(
  runs: readonly PlannedRun[],
  { concurrency, goesOn, execute }: Schedule,
): Promise<void> {
  const waiting = [...runs]
  async function lane(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined && goesOn(); next = waiting.shift()) {
      await execute(next)
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(concurrency, runs.length) }, lane))
  const failed = lanes.find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}
