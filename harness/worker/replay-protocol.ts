// What the harness and its replaying child say to each other.
import { z } from 'zod'

export const replayRequestSchema = z.object({
  id: z.number().int(),
  bundle: z.string(),
  workflowId: z.string(),
  /** A history in proto3 JSON: `{ "events": [...] }`. */
  history: z.object({ events: z.array(z.unknown()) }),
})
export type ReplayRequest = z.infer<typeof replayRequestSchema>

export const replayAnswerSchema = z.object({
  id: z.number().int(),
  /** Null where the history replays. */
  error: z.string().nullable(),
})
export type ReplayAnswer = z.infer<typeof replayAnswerSchema>
