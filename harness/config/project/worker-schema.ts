// The part of a chaos.config that says how a worker is started: by a command, or by somebody else before.
import { z } from 'zod'
import { commandLine, programFields, taskQueue, wholeMs, type ProjectProgram } from './program-schema.ts'

const attachSchema = z.strictObject({
  pid: z
    .union(
      [z.number().int().positive(), z.strictObject(programFields)],
      'a process id, or { "command": […] } that prints it',
    )
    .describe(
      'The process id of the worker, or a command that prints it: `{ command: […] }`, with `cwd` and `env` as elsewhere. Faults hit this process and all below it.',
    ),
  restart: z
    .strictObject(programFields)
    .optional()
    .describe(
      'A command that starts the worker again after a fault has ended it, and then ends itself. Without it, the worker’s supervisor has to do so.',
    ),
  log: z
    .string()
    .min(1)
    .optional()
    .describe('The file that the worker logs to, relative to the folder of this file.'),
})

const fields = {
  command: commandLine
    .optional()
    .describe(
      'The program and its arguments, as a list. No shell reads it. With `image`: in place of the image’s own command.',
    ),
  image: z
    .string()
    .min(1)
    .optional()
    .describe('A container image that is the worker. The container engine has to have it already.'),
  attach: attachSchema
    .optional()
    .describe(
      'A worker that runs already, in place of `command` and `image`: under systemd, docker compose, pm2, …',
    ),
  cwd: z
    .string()
    .min(1)
    .optional()
    .describe('Where it is started, relative to the folder of this file, which is the default.'),
  env: z
    .record(z.string(), z.string())
    .optional()
    .describe('Variables that are added to your own environment, or to that of the image.'),
  taskQueues: z
    .array(taskQueue)
    .min(1)
    .optional()
    .describe('The task queues that it polls. Without them: those of all workloads.'),
  readyWithinMs: wholeMs
    .default(60_000)
    .describe('How long it may take until it polls all its task queues, in milliseconds.'),
  graceMs: wholeMs.default(10_000).describe('How long it may take to end after SIGTERM, in milliseconds.'),
}

type Fields = z.output<z.ZodObject<typeof fields>>

export type CommandStart = { readonly kind: 'command' } & ProjectProgram
export type AttachStart = { readonly kind: 'attach' } & z.output<typeof attachSchema>

export interface ImageStart {
  readonly kind: 'image'
  readonly image: string
  /** Empty for the image's own. */
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** How a worker comes to run. */
export type WorkerStart = CommandStart | ImageStart | AttachStart

export const workerSchema = z
  .strictObject(fields)
  .refine(({ command, image, attach }) => (attach === undefined) === ((command ?? image) !== undefined), {
    error: 'one of "command", "image" (which may have a "command") and "attach"',
  })
  .refine(({ image, cwd }) => image === undefined || cwd === undefined, {
    error: 'no "cwd" beside "image": the image has its own',
  })
  .refine(({ attach, cwd, env }) => attach === undefined || (cwd === undefined && env === undefined), {
    error: '"cwd" and "env" beside "command": a worker that runs already has its own',
  })
  .transform((given) => {
    const { taskQueues, readyWithinMs, graceMs } = given
    return { taskQueues, readyWithinMs, graceMs, start: startOf(given) }
  })

function startOf({ command = [], image, attach, cwd = '.', env = {} }: Fields): WorkerStart {
  if (attach !== undefined) return { kind: 'attach', ...attach }
  if (image !== undefined) return { kind: 'image', image, command, env }
  return { kind: 'command', command, cwd, env }
}

export type ProjectWorker = z.output<typeof workerSchema>

/** As it reads after "the worker is". */
export function describeStart(start: WorkerStart): string {
  if (start.kind === 'command') return start.command.join(' ')
  if (start.kind === 'image') return ['image', start.image, ...start.command].join(' ')
  const { pid } = start
  return `attached to the pid ${typeof pid === 'number' ? pid : `that ${pid.command.join(' ')} prints`}`
}
