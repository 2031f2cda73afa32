// The settings that only clusters of containers have.
import { z } from 'zod'
import { workerPlaces } from './backends.ts'
import { oneOf, yesNo } from './setting-values.ts'

const shared = { scope: 'containers', commands: ['run', 'compare', 'controls', 'replay'] } as const

/** docker/images/README.md says what each image must contain. */
function image<const Part extends string, const Variable extends `CHAOS_${string}`>(
  part: Part,
  env: Variable,
  program: string,
) {
  return {
    schema: z.string().min(1, 'the name of an image').optional(),
    flag: `--${part}-image <name>`,
    env,
    computedDefault: 'official, else our own',
    description: `Image of ${program} to use instead of the pinned one.`,
    scope: 'containers',
    commands: ['run', 'compare', 'controls', 'replay', 'check', 'doctor'],
    repeatsRun: true,
  } as const
}

export const containerSettings = {
  worker: {
    ...shared,
    schema: oneOf(workerPlaces).default('process'),
    flag: '--worker <place>',
    env: 'CHAOS_WORKER',
    description: 'Where workers run: `process`, or `container` next to a cluster of containers.',
    repeatsRun: true,
  },
  pull: {
    ...shared,
    schema: yesNo.default(false),
    flag: '--pull',
    env: 'CHAOS_PULL',
    description: 'Pull images that the container engine lacks. Without this flag nothing is pulled.',
    repeatsRun: false,
  },
  ui: {
    ...shared,
    schema: yesNo.default(false),
    flag: '--ui',
    env: 'CHAOS_UI',
    description: 'Start Temporal’s web interface with the cluster and print its address.',
    repeatsRun: false,
  },
  serverImage: image('server', 'CHAOS_SERVER_IMAGE', 'the Temporal server'),
  adminToolsImage: image('admin-tools', 'CHAOS_ADMIN_TOOLS_IMAGE', 'Temporal’s admin tools'),
  postgresImage: image('postgres', 'CHAOS_POSTGRES_IMAGE', 'PostgreSQL'),
  uiImage: {
    ...image('ui', 'CHAOS_UI_IMAGE', 'Temporal’s web interface'),
    commands: ['run', 'compare', 'controls', 'replay'],
    repeatsRun: false,
  },
  workerImage: {
    ...image('worker', 'CHAOS_WORKER_IMAGE', 'workers'),
    computedDefault: 'built by `pnpm images worker`',
    description: 'Image of workers that run in containers.',
  },
} as const
