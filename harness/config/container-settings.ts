// The settings that only mean something where containers are used.
import { z } from 'zod'
import { oneOf, yesNo } from './setting-values.ts'
import { workerPlaces } from './backends.ts'

/** What it must have is in docker/images/README.md. */
function image<const Part extends string, const Variable extends `CHAOS_${string}`>(
  part: Part,
  env: Variable,
) {
  return {
    schema: z.string().min(1, 'the name of an image').optional(),
    flag: `--${part}-image <name>`,
    env,
    default: 'official, else our own',
    description: `Image of ${part} to use instead of a pinned one.`,
  } as const
}

export const containerSettings = {
  worker: {
    schema: oneOf(workerPlaces).default('process'),
    flag: '--worker <place>',
    env: 'CHAOS_WORKER',
    default: 'process',
    description: 'Where workers run: `process`, or `container` beside a cluster of containers.',
  },
  pull: {
    schema: yesNo.default(false),
    flag: '--pull',
    env: 'CHAOS_PULL',
    default: 'off',
    description: 'Pull images that the container engine does not have; nothing is pulled unasked.',
  },
  ui: {
    schema: yesNo.default(false),
    flag: '--ui',
    env: 'CHAOS_UI',
    default: 'off',
    description: 'Temporal’s web interface beside a cluster of containers; where, is said when it starts.',
  },
  serverImage: image('server', 'CHAOS_SERVER_IMAGE'),
  adminToolsImage: image('admin-tools', 'CHAOS_ADMIN_TOOLS_IMAGE'),
  postgresImage: image('postgres', 'CHAOS_POSTGRES_IMAGE'),
  uiImage: image('ui', 'CHAOS_UI_IMAGE'),
  workerImage: {
    ...image('worker', 'CHAOS_WORKER_IMAGE'),
    default: 'that of this checkout',
    description: 'Image of workers in containers; built by `pnpm images worker` where none is given.',
  },
} as const
