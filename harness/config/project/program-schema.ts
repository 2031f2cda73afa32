// The parts of a chaos.config that name programs: the worker, what is built before it, and services beside it.
import { z } from 'zod'

/** A program and its arguments. It is never given to a shell. */
const command = z
  .array(z.string().min(1), 'a list: the program, then each of its arguments')
  .min(1, 'a list with the program as its first entry')

export const programFields = {
  command: command.describe('The program and its arguments, as a list. No shell reads it.'),
  cwd: z.string().min(1).default('.').describe('Where it is started, relative to the folder of this file.'),
  env: z
    .record(z.string(), z.string())
    .default({})
    .describe('Variables that are added to your own environment.'),
}

/** A time in milliseconds, above 0. */
export const wholeMs = z.number().int().positive()
export const taskQueue = z.string().min(1, 'the name of a task queue')

export const workerSchema = z.strictObject({
  ...programFields,
  taskQueues: z
    .array(taskQueue)
    .min(1)
    .optional()
    .describe('The task queues that it polls. Without them: those of all workloads.'),
  readyWithinMs: wholeMs
    .default(60_000)
    .describe('How long it may take until it polls all its task queues, in milliseconds.'),
  graceMs: wholeMs.default(10_000).describe('How long it may take to end after SIGTERM, in milliseconds.'),
})

export const serviceSchema = z.strictObject({
  ...programFields,
  name: z.string().min(1).optional().describe('What messages and its log file call it.'),
  url: z.url().describe('It is ready once this address answers with a status below 500.'),
  readyWithinMs: wholeMs.default(30_000).describe('How long it may take until it answers, in milliseconds.'),
})

export type ProjectProgram = Readonly<z.output<ReturnType<typeof z.object<typeof programFields>>>>
export type ProjectWorker = z.output<typeof workerSchema>
export type ProjectService = z.output<typeof serviceSchema>
