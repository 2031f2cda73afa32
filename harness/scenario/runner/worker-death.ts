// The consequences of a worker's death. They run in the background, because a dead server must not delay the
// scenario.
import type { Deadline } from '../../core/deadline.ts'
import type { Profile } from '../../config/profiles.ts'
import type { Observer } from '../../temporal/observer.ts'
import type { RunRecorder } from '../../record/recorder.ts'
import { freeStickyQueues } from '../../temporal/sticky-queues.ts'
import type { Worker } from '../../worker/worker.ts'
import type { Step } from '../context.ts'
import type { Workflows } from '../workflows.ts'
import { noteRunningActivities } from './running-activities.ts'

export interface WorkerDeath {
  readonly worker: Pick<Worker, 'taskQueues'>
  readonly observer: Observer
  readonly recorder: RunRecorder
  readonly workflows: Workflows
  readonly profile: Profile
  readonly deadline: Deadline
  /** Number of the fault, from 1. */
  readonly faultIndex: number
  readonly step: Step
}

/** Records the running activities, and plays the profile's supervisor. @throws as `freeStickyQueues` does */
export async function afterWorkerDeath(death: WorkerDeath): Promise<void> {
  const { worker, observer, recorder, workflows, profile, deadline, faultIndex, step } = death
  const noted = noteRunningActivities({ observer, recorder, faultIndex, runs: workflows.openRuns })
  if (profile.supervisor?.freesStickyQueues === true) {
    const queues = worker.taskQueues.filter(({ polls }) => polls.includes('workflow'))
    const runs = workflows.openRunsOn(queues.map(({ name }) => name))
    await step(`the supervisor frees the sticky queues of ${runs.length} workflows`, () =>
      freeStickyQueues(observer, runs, deadline),
    )
  }
  await noted
}
