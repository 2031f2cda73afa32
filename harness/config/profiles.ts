// Named sets of the settings that decide how fast Temporal recovers. Every profile is a trade-off: short
// timeouts find a dead worker fast, but they also punish a slow worker.
import { z } from 'zod'

const durationMs = z.number().int().positive()

/**
 * Each part names the owner of its settings in Temporal:
 * - `worker`: options of the worker (`stickyQueueScheduleToStartTimeout`, ...), in milliseconds
 * - `start`: options of the workflow's start (`workflowTaskTimeout`), in milliseconds
 * - `activity`: activity options, handed to the workload as part of its input
 *
 * `supervisor` says what the supervisor of the workers, which the harness plays, does besides restarting
 * them.
 */
export const profileSchema = z.strictObject({
  name: z.string(),
  worker: z.strictObject({
    stickyQueueScheduleToStartTimeout: durationMs.exactOptional(),
    shutdownGraceTime: durationMs.exactOptional(),
  }),
  start: z.strictObject({ workflowTaskTimeout: durationMs.exactOptional() }),
  activity: z.strictObject({
    startToCloseTimeout: durationMs.exactOptional(),
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
      /** The supervisor calls `ResetStickyTaskQueue` for the workflows of a dead worker's task queue. */
      freesStickyQueues: z.boolean().exactOptional(),
    })
    .exactOptional(),
  /** What a project's own profile asks for, by the names of its variables, and of options as `order.workflowTaskTimeoutMs`. */
  asked: z.record(z.string(), z.json()).exactOptional(),
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
  // This profile needs no short sticky timeout, because the supervisor resets sticky task queues.
  supervised: {
    name: 'supervised',
    worker: { shutdownGraceTime: 5_000 },
    start: { workflowTaskTimeout: 2_000 },
    activity: quickActivity,
    supervisor: { freesStickyQueues: true },
  },
  // For workers of a user's own: nothing is set, everything is as their code has it.
  'as-is': { name: 'as-is', worker: {}, start: {}, activity: {} },
} as const satisfies Record<string, Profile>

export type ProfileName = keyof typeof profiles

export const profileNames = Object.keys(profiles) as [ProfileName, ...ProfileName[]]

/** Those that set something, which only workers can take that the harness starts with them. */
export const settingProfiles = profileNames.filter((name) => name !== 'as-is')
