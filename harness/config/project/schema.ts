// The schema of a project's chaos.config: how its workers are started, and how each of its workflows is.
import { z } from 'zod'
import { clusterSchema } from './cluster-schema.ts'

/** A program and its arguments. It is never given to a shell. */
const command = z
  .array(z.string().min(1), 'a list: the program, then each of its arguments')
  .min(1, 'a list with the program as its first entry')

const program = {
  command: command.describe('The program and its arguments, as a list. No shell reads it.'),
  cwd: z.string().min(1).default('.').describe('Where it is started, relative to the folder of this file.'),
  env: z
    .record(z.string(), z.string())
    .default({})
    .describe('Variables that are added to your own environment.'),
}

const wholeMs = z.number().int().positive()
const queue = z.string().min(1, 'the name of a task queue')

const workerSchema = z.strictObject({
  ...program,
  taskQueues: z
    .array(queue)
    .min(1)
    .optional()
    .describe('The task queues that it polls. Without them: those of all workloads.'),
  readyWithinMs: wholeMs
    .default(60_000)
    .describe('How long it may take until it polls all its task queues, in milliseconds.'),
  graceMs: wholeMs.default(10_000).describe('How long it may take to end after SIGTERM, in milliseconds.'),
})

const serviceSchema = z.strictObject({
  ...program,
  name: z.string().min(1).optional().describe('What messages and its log file call it.'),
  url: z.url().describe('It is ready once this address answers with a status below 500.'),
  readyWithinMs: wholeMs.default(30_000).describe('How long it may take until it answers, in milliseconds.'),
})

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

const values = z.array(z.json()).default([])
const placeholders = '`{{workflow.id}}` in a text is replaced.'

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
    z.strictObject({ result: z.json().describe(`Exactly this value. ${placeholders}`) }),
  ],
  '"completed", "failed" or { "result": … }',
)

const workloadSchema = z.strictObject({
  type: z.string().min(1).describe('The type of the workflow, as your worker registers it.'),
  taskQueue: queue.describe('The task queue that it is started on.'),
  args: values.describe(`The arguments of the workflow, as JSON. ${placeholders}`),
  messages: z
    .array(messageSchema)
    .default([])
    .describe('Signals and updates that each workflow is sent, one after the other.'),
  options: z
    .strictObject({
      workflowTaskTimeoutMs: wholeMs
        .optional()
        .describe(
          'How long a worker may hold a workflow task before another one gets it. The server says 10 s if you do not.',
        ),
      workflowExecutionTimeoutMs: wholeMs.optional().describe('How long the workflow may last in all.'),
      memo: z.record(z.string(), z.json()).optional().describe('Values that are stored beside the workflow.'),
    })
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

const name = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'a name in kebab-case: letters, digits and dashes')

export const projectSchema = z
  .strictObject({
    $schema: z.string().optional().describe('The JSON Schema of this file, for editors.'),
    build: z
      .strictObject(program)
      .optional()
      .describe('A command that runs once, before anything is started.'),
    services: z
      .array(serviceSchema)
      .default([])
      .describe('Programs that your worker needs besides Temporal, started in this order.'),
    worker: workerSchema.optional().describe('The worker under test. Either this, or `workers`.'),
    workers: z
      .record(name, workerSchema)
      .optional()
      .describe('Several workers, by names in kebab-case. Either this, or `worker`.'),
    cluster: clusterSchema.describe('The Temporal cluster under test.'),
    workloads: z
      .record(name, workloadSchema)
      .refine((all) => Object.keys(all).length > 0, 'at least one workload')
      .describe('The workflows to start, by names in kebab-case.'),
    replay: z
      .strictObject({
        ...program,
        withinMs: wholeMs.default(120_000).describe('How long it may take, in milliseconds.'),
      })
      .optional()
      .describe(
        'A command that replays histories against your workflow code. It gets their folder as `{{histories}}`.',
      ),
    budgetMs: wholeMs.default(5_000).describe('The longest recovery that still passes, in milliseconds.'),
  })
  .refine(({ worker, workers = {} }) => (worker === undefined) !== (Object.keys(workers).length === 0), {
    error: 'either "worker", or "workers" by name',
    path: ['worker'],
  })

/** What a configuration says, as it is written: fields with a default may be left out. */
export type ProjectConfig = z.input<typeof projectSchema>
export type ProjectWorker = z.output<typeof workerSchema>
export type ProjectService = z.output<typeof serviceSchema>
export type ProjectWorkload = z.output<typeof workloadSchema>
export type ProjectMessage = z.output<typeof messageSchema>
export type ProjectProgram = Readonly<z.output<ReturnType<typeof z.object<typeof program>>>>
