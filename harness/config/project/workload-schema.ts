// The part of a chaos.config that says which workflows are started, what each is sent, and how it must end.
import { z } from 'zod'
import { taskQueue, wholeMs } from './program-schema.ts'

const places = 'one of "started", "timer 1", "activity 2", "child 1" (with any number) or { "afterMs": 500 }'

const place = z.union(
  [
    z.string().regex(/^(?:started|(?:timer|activity|child) [1-9]\d*)$/, places),
    z.strictObject({
      afterMs: z.number().int().min(0).describe('A time after the start, or after the message before.'),
    }),
  ],
  places,
)

/** What a function of arguments is given. */
export interface ArgumentsFor {
  /** The id of the workflow, another one in every run. */
  readonly workflowId: string
  /** A whole number that follows from the run's seed: the same run gives the same one. */
  readonly seed: number
}

export type ArgumentsFunction = (of: ArgumentsFor) => readonly unknown[]

const argumentsFunction = z.custom<ArgumentsFunction>((value) => typeof value === 'function')
const values = z
  .union(
    [z.array(z.json()), argumentsFunction],
    'a list of values, or in TypeScript and JavaScript a function that returns one',
  )
  .default([])
const placeholders =
  '`{{workflow.id}}` in a text is replaced. In TypeScript and JavaScript also a function of `{ workflowId, seed }`.'

const messageSchema = z
  .strictObject({
    at: place.default('started').describe(`When it is sent: ${places}.`),
    signal: z.string().min(1).optional().describe('The name of the signal. Either this, or `update`.'),
    update: z.string().min(1).optional().describe('The name of the update. Either this, or `signal`.'),
    args: values.describe(`Its arguments, as JSON. ${placeholders}`),
  })
  .refine(({ signal, update }) => (signal === undefined) !== (update === undefined), {
    error: 'either "signal" or "update", with the name of one',
  })

const expectSchema = z.union(
  [
    z.enum(['completed', 'failed']),
    z.strictObject({
      result: z.json().describe('Exactly this value. `{{workflow.id}}` in a text is replaced.'),
    }),
  ],
  '"completed", "failed" or { "result": … }',
)

/** A run follows the history of each. */
const mostTogether = 100
export const optionsSchema = z.strictObject({
  workflowTaskTimeoutMs: wholeMs
    .optional()
    .describe(
      'How long a worker may hold a workflow task before another one gets it. The server says 10 s if you do not.',
    ),
  workflowExecutionTimeoutMs: wholeMs.optional().describe('How long the workflow may last in all.'),
  memo: z.record(z.string(), z.json()).optional().describe('Values that are stored beside the workflow.'),
})

export const workloadSchema = z.strictObject({
  type: z.string().min(1).describe('The type of the workflow, as your worker registers it.'),
  taskQueue: taskQueue.describe('The task queue that it is started on.'),
  args: values.describe(`The arguments of the workflow, as JSON. ${placeholders}`),
  messages: z
    .array(messageSchema)
    .default([])
    .describe('Signals and updates that each workflow is sent, one after the other.'),
  together: z
    .number()
    .int()
    .min(1)
    .max(mostTogether)
    .default(1)
    .describe('How many of its workflows each run starts side by side. All of them are judged.'),
  options: optionsSchema
    .default({})
    .describe('How the workflow is started, as your own client does it. Times are in milliseconds.'),
  expect: expectSchema
    .optional()
    .describe(
      'How the workflow must end: "completed", "failed" or { "result": … }. Without it: as it did twice without faults.',
    ),
  deadlineMs: wholeMs
    .default(60_000)
    .describe('How long a run may take in all, waiting for recovery included, in milliseconds.'),
})

export type ProjectWorkload = z.output<typeof workloadSchema>
export type ProjectMessage = z.output<typeof messageSchema>
