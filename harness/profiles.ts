// Named sets of the settings that decide how fast Temporal recovers. A profile is a trade, never free:
// short timeouts find a dead worker fast and punish a slow one.
import { z } from 'zod'

const durationMs = z.number().int().positive()

/**
 * Three parts, each with the owner of its settings in Temporal:
 * - `worker`: options of the worker (`stickyQueueScheduleToStartTimeout`, ...), in milliseconds
 * - `start`: options of the workflow's start (`workflowTaskTimeout`), in milliseconds
 * - `activity`: activity options, handed to the workload as part of its input
 */
export const profileSchema = z.strictObject({
  name: z.string(),
  worker: z.strictObject({
    stickyQueueScheduleToStartTimeout: durationMs.exactOptional(),
    maxCachedWorkflows: z.number().int().min(0).exactOptional(),
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
        maximumInterval: durationMs.exactOptional(),
      })
      .exactOptional(),
  }),
})

export type Profile = z.infer<typeof profileSchema>

export const profiles = {
  'sdk-defaults': {
    name: 'sdk-defaults',
    worker: {},
    start: {},
    activity: { startToCloseTimeout: 10_000 },
  },
  tuned: {
    name: 'tuned',
    worker: { stickyQueueScheduleToStartTimeout: 1_000 },
    start: { workflowTaskTimeout: 2_000 },
    activity: {
      startToCloseTimeout: 5_000,
      heartbeatTimeout: 1_000,
      retry: { initialInterval: 100, backoffCoefficient: 1 },
    },
  },
} as const satisfies Record<string, Profile>

export type ProfileName = keyof typeof profiles

export const profileNames = Object.keys(profiles) as [ProfileName, ...ProfileName[]]
