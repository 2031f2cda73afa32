// The part of a chaos.config that says which settings may be tried: by the worker's environment, and at the start of workflows.
import { z } from 'zod'
import { optionsSchema } from './workload-schema.ts'

/** The profile that sets nothing: everything is as the code and the configuration have it. */
export const asIs = 'as-is'

export const profileSchema = z.strictObject({
  env: z
    .record(z.string(), z.string())
    .default({})
    .describe(
      'Variables that every worker gets besides its own `env`, in place of those with the same name.',
    ),
  workloads: z
    .record(
      z.string(),
      z.strictObject({
        options: optionsSchema
          .default({})
          .describe('How its workflow is started, in place of the same options of the workload.'),
      }),
    )
    .default({})
    .describe('What is different for a workload, by its name.'),
})
