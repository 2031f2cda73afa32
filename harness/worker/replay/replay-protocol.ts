// What the harness and its replaying child say to each other.
import { z } from 'zod'

export const replayRequestSchema = z.object({
  id: z.number().int(),
  bundle: z.string(),
  /** File of a module that exports a `dataConverter`; null for the SDK's own. */
  dataConverter: z.string().nullable(),
  namespace: z.string(),
  histories: z.array(
    z.object({
      workflowId: z.string(),
      runId: z.string(),
      /** A history in proto3 JSON: `{ "events": [...] }`. */
      history: z.object({ events: z.array(z.unknown()) }),
    }),
  ),
})
export type ReplayRequest = z.infer<typeof replayRequestSchema>

const replayOutcomeSchema = z.union([
  z.object({
    runId: z.string(),
    /** Null if the history replays in every way, else why the code does not come to the same. */
    error: z.string().nullable(),
    /** If it does not: the way, as it reads after "does not replay". Empty if it does, or if that goes without saying. */
    way: z.string(),
  }),
  /** It could not be tried, which is the harness's failure: that says nothing about the code. */
  z.object({ runId: z.string(), unavailable: z.string() }),
  /** Nobody replayed it: a user's own command said nothing of it, or the code is not that of its workflow. */
  z.object({ runId: z.string(), notReplayed: z.string() }),
])
export type ReplayOutcome = z.infer<typeof replayOutcomeSchema>

const replayAnswerSchema = z.object({
  id: z.number().int(),
  outcomes: z.array(replayOutcomeSchema),
  /** What the child holds of the machine's memory after it. */
  memoryBytes: z.number(),
})
export type ReplayAnswer = z.infer<typeof replayAnswerSchema>

/** The answer to the request with this id; undefined where a message is another's. */
export function replayAnswerTo(id: number, message: unknown): ReplayAnswer | undefined {
  const { data } = replayAnswerSchema.safeParse(message)
  return data?.id === id ? data : undefined
}
