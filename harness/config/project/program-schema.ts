// The parts of a chaos.config that name programs: what is built before the worker, services beside it, and others.
import { z } from 'zod'

/** A program and its arguments. It is never given to a shell. */
export const commandLine = z
  .array(z.string().min(1), 'a list: the program, then each of its arguments')
  .min(1, 'a list with the program as its first entry')

export const programFields = {
  command: commandLine.describe('The program and its arguments, as a list. No shell reads it.'),
  cwd: z.string().min(1).default('.').describe('Where it is started, relative to the folder of this file.'),
  env: z
    .record(z.string(), z.string())
    .default({})
    .describe('Variables that are added to your own environment.'),
}

/** A time in milliseconds, above 0. */
export const wholeMs = z.number().int().positive()
export const taskQueue = z.string().min(1, 'the name of a task queue')

export const serviceSchema = z.strictObject({
  ...programFields,
  name: z.string().min(1).optional().describe('What messages and its log file call it.'),
  url: z.url().describe('It is ready once this address answers with a status below 500.'),
  readyWithinMs: wholeMs.default(30_000).describe('How long it may take until it answers, in milliseconds.'),
})

export type ProjectProgram = Readonly<z.output<ReturnType<typeof z.object<typeof programFields>>>>
export type ProjectService = z.output<typeof serviceSchema>
