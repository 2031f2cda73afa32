// What goes on beside the scenario once a worker was killed: a server that is down, too, must not hold the scenario up.
import type { Deadline } from '../core/deadline.ts'
import type { Profile } from '../config/profiles.ts'
import type { Observer } from '../temporal/observer.ts'
import type { RunRecorder } from '../record/recorder.ts'
import { freeStickyQueues } from '../temporal/sticky-queues.ts'
import { noteRunningActivities } from './running-activities.ts'
import type { Step } from './context.ts'
import type { Workflows } from './workflows.ts'

export interface Killed {
  readonly observer: Observer
  readonly recorder: RunRecorder
  readonly workflows: Workflows
  readonly profile: Profile
  readonly deadline: Deadline
  /** Number of the fault, from 1. */
  readonly faultIndex: number
  readonly step: Step
}

/** Notes what the worker held, and plays the profile's supervisor. @throws as `freeStickyQueues` does */
export async function afterKill(killed: Killed): Promise<void> {
  const { observer, recorder, workflows, profile, deadline, faultIndex, step } = killed
  const runs = workflows.openRuns
  const noted = noteRunningActivities({ observer, recorder, faultIndex, runs })
  if (profile.supervisor?.freesStickyQueues === true) {
    await step(`the supervisor frees the sticky queues of ${runs.length} workflows`, () =>
      freeStickyQueues(observer, runs, deadline),
    )
  }
  await noted
}
