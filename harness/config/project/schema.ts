// The schema of a project's chaos.config: how its workers are started, and how each of its workflows is.
import { z } from 'zod'

/** A program and its arguments. It is never given to a shell. */
const command = z
  .array(z.string().min(1), 'a list: the program, then each of its arguments')
  .min(1, 'a list with the program as its first entry')

const program = {
  command,
  /** Relative to the folder of the configuration. */
  cwd: z.string().min(1).default('.'),
  /** Added to your environment. */
  env: z.record(z.string(), z.string()).default({}),
}

const wholeMs = z.number().int().positive()
const queue = z.string().min(1, 'the name of a task queue')

const workerSchema = z.strictObject({
  ...program,
  /** What it polls. @default the task queues of all workloads */
  taskQueues: z.array(queue).min(1).optional(),
  readyWithinMs: wholeMs.default(60_000),
  /** How long it may take to end after SIGTERM. */
  graceMs: wholeMs.default(10_000),
})

const serviceSchema = z.strictObject({
  ...program,
  name: z.string().min(1).optional(),
  /** The service is ready once this address answers with a status below 500. */
  url: z.url(),
  readyWithinMs: wholeMs.default(30_000),
})

const places = 'one of "started", "timer 1", "activity 2", "child 1" (with any number) or { "afterMs": 500 }'

const place = z.union(
  [
    z.string().regex(/^(?:started|(?:timer|activity|child) [1-9]\d*)$/, places),
    z.strictObject({ afterMs: z.number().int().min(0) }),
  ],
  places,
)

const values = z.array(z.json()).default([])

const messageSchema = z
  .strictObject({
    at: place.default('started'),
    signal: z.string().min(1).optional(),
    update: z.string().min(1).optional(),
    args: values,
  })
  .refine(({ signal, update }) => (signal === undefined) !== (update === undefined), {
    error: 'either "signal" or "update", with the name of one',
  })

const expectSchema = z.union(
  [z.enum(['completed', 'failed']), z.strictObject({ result: z.json() })],
  '"completed", "failed" or { "result": … }',
)

const workloadSchema = z.strictObject({
  /** The workflow's type, as your worker registers it. */
  type: z.string().min(1),
  taskQueue: queue,
  args: values,
  /** Sent to each workflow, one after the other. */
  messages: z.array(messageSchema).default([]),
  /** How it must end. @default as it did in two golden runs */
  expect: expectSchema.optional(),
  deadlineMs: wholeMs.default(60_000),
})

const name = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'a name in kebab-case: letters, digits and dashes')

export const projectSchema = z
  .strictObject({
    $schema: z.string().optional(),
    /** Runs once, before anything is started. */
    build: z.strictObject(program).optional(),
    /** What your worker needs besides Temporal. */
    services: z.array(serviceSchema).default([]),
    worker: workerSchema.optional(),
    workers: z.record(name, workerSchema).optional(),
    cluster: z
      .strictObject({ port: z.number().int().min(1).max(65_535).default(7_233) })
      .default({ port: 7_233 }),
    workloads: z
      .record(name, workloadSchema)
      .refine((all) => Object.keys(all).length > 0, 'at least one workload'),
    /** Replays histories against your workflow code. */
    replay: z.strictObject({ ...program, withinMs: wholeMs.default(120_000) }).optional(),
    budgetMs: wholeMs.default(5_000),
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
