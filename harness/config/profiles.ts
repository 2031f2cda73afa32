// Named sets of the settings that decide how fast Temporal recovers. A profile is a trade, never free:
// short timeouts find a dead worker fast and punish a slow one.
import { z } from 'zod'

const durationMs = z.number().int().positive()

/**
 * Parts, each with the owner of its settings in Temporal:
 * - `worker`: options of the worker (`stickyQueueScheduleToStartTimeout`, ...), in milliseconds
 * - `start`: options of the workflow's start (`workflowTaskTimeout`), in milliseconds
 * - `activity`: activity options, handed to the workload as part of its input
 *
 * `supervisor` is what whoever watches over the workers does besides starting them again; the harness plays it.
 */
export const profileSchema = z.strictObject({
  name: z.string(),
  worker: z.strictObject({
    stickyQueueScheduleToStartTimeout: durationMs.exactOptional(),
    shutdownGraceTime: durationMs.exactOptional(),
  }),
  start: z.strictObject({ workflowTaskTimeout: durationMs.exactOptional() }),
  activity: z.strictObject({
    startToCloseTimeout: durationMs,
    heartbeatTimeout: durationMs.exactOptional(),
    retry: z
      .strictObject({
        initialInterval: durationMs.exactOptional(),
        backoffCoefficient: z.number().exactOptional(),
      })
      .exactOptional(),
  }),
  supervisor: z
    .strictObject({
      /** On a worker's death it calls `ResetStickyTaskQueue` for the workflows of its task queue. */
      freesStickyQueues: z.boolean().exactOptional(),
    })
    .exactOptional(),
})

export type Profile = z.infer<typeof profileSchema>

const quickActivity = {
  startToCloseTimeout: 5_000,
  heartbeatTimeout: 1_000,
  retry: { initialInterval: 100, backoffCoefficient: 1 },
} as const

export const profiles = {
  'sdk-defaults': {
    name: 'sdk-defaults',
    worker: {},
    start: {},
    activity: { startToCloseTimeout: 10_000 },
  },
  tuned: {
    name: 'tuned',
    worker: { stickyQueueScheduleToStartTimeout: 1_000, shutdownGraceTime: 5_000 },
    start: { workflowTaskTimeout: 2_000 },
    activity: quickActivity,
  },
  // No short sticky timeout: what that is for, the supervisor does.
  supervised: {
    name: 'supervised',
    worker: { shutdownGraceTime: 5_000 },
    start: { workflowTaskTimeout: 2_000 },
    activity: quickActivity,
    supervisor: { freesStickyQueues: true },
  },
} as const satisfies Record<string, Profile>

export type ProfileName = keyof typeof profiles

export const profileNames = Object.keys(profiles) as [ProfileName, ...ProfileName[]]
