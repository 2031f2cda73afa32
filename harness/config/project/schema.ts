// The schema of a project's chaos.config: how its workers are started, and how each of its workflows is.
import { z } from 'zod'
import { clusterSchema } from './cluster-schema.ts'
import { codecSchema } from './codec-schema.ts'
import { asIs, profileSchema } from './profile-schema.ts'
import { programFields, serviceSchema, wholeMs } from './program-schema.ts'
import { rowsSchema } from './rows-schema.ts'
import { workerSchema } from './worker-schema.ts'
import { workloadSchema } from './workload-schema.ts'

const name = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'a name in kebab-case: letters, digits and dashes')

const profileName = name.refine((text) => text !== asIs, `another name than ${asIs}, which sets nothing`)

export const projectSchema = z
  .strictObject({
    $schema: z.string().optional().describe('The JSON Schema of this file, for editors.'),
    build: z
      .strictObject(programFields)
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
    codec: codecSchema
      .optional()
      .describe('How encrypted or compressed payloads are read and written. Your worker keeps its own.'),
    workloads: z
      .record(name, workloadSchema)
      .refine((all) => Object.keys(all).length > 0, 'at least one workload')
      .describe('The workflows to start, by names in kebab-case.'),
    rows: z
      .record(name, rowsSchema)
      .default({})
      .describe(
        'Queries of your own tables, by names in kebab-case: they show what activities did twice, or lost.',
      ),
    replay: z
      .strictObject({
        ...programFields,
        withinMs: wholeMs.default(120_000).describe('How long it may take, in milliseconds.'),
      })
      .optional()
      .describe(
        'A command that replays histories against your workflow code. It gets their folder as `{{histories}}`.',
      ),
    scenarios: z
      .array(z.string().min(1))
      .default([])
      .describe('Files with scenarios of your own, as patterns: `chaos/*.ts`. Each exports one by default.'),
    checks: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'Checks that judge every run besides the default ones: files with one of your own, or names of optional ones.',
      ),
    observations: z
      .array(z.string().min(1))
      .default([])
      .describe('Files with observations of your own, which your checks read.'),
    profiles: z
      .record(profileName, profileSchema)
      .default({})
      .describe('Sets of settings to run under and to compare, by names in kebab-case.'),
    budgetMs: wholeMs.default(5_000).describe('The longest recovery that still passes, in milliseconds.'),
  })
  .refine(({ worker, workers = {} }) => (worker === undefined) !== (Object.keys(workers).length === 0), {
    error: 'either "worker", or "workers" by name',
    path: ['worker'],
  })

/** What a configuration says, as it is written: fields with a default may be left out. */
export type ProjectConfig = z.input<typeof projectSchema>
