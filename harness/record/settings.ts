// The settings of the service that a run must leave as they are.
import { z } from 'zod'

export const settingsEntry = z.object({
  kind: z.literal('settings'),
  when: z.enum(['start', 'end']),
  /** By name, as text. */
  settings: z.record(z.string(), z.string()),
})
