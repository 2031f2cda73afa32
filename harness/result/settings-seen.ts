// The settings that a run's histories show, whatever was asked for. Durations are in milliseconds.
import { z } from 'zod'

const ms = z.number()
/** Null if there is no such timeout or limit. */
const limit = ms.nullable()
/** The first place where it was seen: `event 5 of order-1`. */
const seenIn = z.string()

export const activitySettingsSchema = z.object({
  type: z.string(),
  startToCloseMs: limit,
  scheduleToCloseMs: limit,
  scheduleToStartMs: limit,
  heartbeatMs: limit,
  /** Null if the history does not tell. */
  retry: z
    .object({
      initialIntervalMs: ms,
      backoffCoefficient: z.number(),
      maximumIntervalMs: limit,
      maximumAttempts: z.number().int().nullable(),
    })
    .nullable(),
  seenIn,
})
export type ActivitySettings = z.infer<typeof activitySettingsSchema>

export const settingsSeenSchema = z.object({
  /** The SDKs of the workers; the version is empty if the SDK does not tell. */
  sdks: z.array(z.object({ name: z.string(), version: z.string() })),
  /** One entry for each type of workflow and value. */
  workflows: z.array(z.object({ type: z.string(), taskTimeoutMs: ms, seenIn })),
  /** Only a timeout that ran out shows it, so it is at most this; null if none did. */
  sticky: z.object({ scheduleToStartMs: ms, seenIn }).nullable(),
  /** One entry for each type of activity with the same values. */
  activities: z.array(activitySettingsSchema),
  /** What the profile asks for, by name, such as `worker.stickyQueueScheduleToStartTimeout`. */
  asked: z.record(z.string(), z.number()),
})
export type SettingsSeen = z.infer<typeof settingsSeenSchema>
