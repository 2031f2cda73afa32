// The settings that say where Temporal's programs come from.
import { z } from 'zod'
import { withoutCredentials } from '../core/without-credentials.ts'

const shared = {
  scope: 'provision',
  commands: ['run', 'compare', 'controls', 'replay', 'check', 'doctor'],
} as const

function program<const Name extends string, const Variable extends `CHAOS_${string}`>(
  name: Name,
  env: Variable,
) {
  return {
    ...shared,
    schema: z.string().min(1, 'a path').optional(),
    flag: `--${name} <path>`,
    env,
    computedDefault: 'cached, downloaded or built',
    description: `A ${name} program to use instead of the provided one.`,
    repeatsRun: true,
  } as const
}

export const provisionSettings = {
  temporalServer: program('temporal-server', 'CHAOS_TEMPORAL_SERVER'),
  temporalSqlTool: program('temporal-sql-tool', 'CHAOS_TEMPORAL_SQL_TOOL'),
  temporalMirror: {
    ...shared,
    schema: z.url({ protocol: /^https?$/, error: 'an http or https address' }).default('https://github.com'),
    flag: '--temporal-mirror <url>',
    env: 'CHAOS_TEMPORAL_MIRROR',
    // A mirror may ask for a name and a password.
    shown: withoutCredentials,
    description: 'Host from which releases of temporalio/temporal are downloaded.',
    repeatsRun: false,
  },
} as const
