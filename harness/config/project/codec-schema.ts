// The part of a chaos.config that says how the payloads of encrypted workflows are read and written.
import { z } from 'zod'
import { wholeMs } from './program-schema.ts'

const fields = {
  endpoint: z
    .url({ protocol: /^https?$/, error: 'an http or https address' })
    .optional()
    .describe(
      'A codec server, as Temporal’s web interface uses it: `/encode` and `/decode` are added. `{namespace}` in it is replaced.',
    ),
  authVariable: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'the name of an environment variable')
    .optional()
    .describe('The environment variable that holds the `Authorization` header for it. It stands in no file.'),
  withinMs: wholeMs
    .optional()
    .describe('How long an answer of it may take, in milliseconds: 10000 without it.'),
  module: z
    .string()
    .min(1)
    .optional()
    .describe(
      'In place of `endpoint`: a module whose default export is a PayloadCodec or a DataConverter of the TypeScript SDK.',
    ),
}

type Fields = z.output<z.ZodObject<typeof fields>>

export type DeclaredCodec =
  | {
      readonly kind: 'endpoint'
      readonly endpoint: string
      readonly authVariable: string | undefined
      readonly withinMs: number
    }
  | { readonly kind: 'module'; readonly module: string }

export const codecSchema = z
  .strictObject(fields)
  .refine(({ endpoint, module }) => (endpoint === undefined) !== (module === undefined), {
    error: 'either "endpoint" or "module"',
  })
  .refine((codec) => codec.module === undefined || endpointOnly(codec).length === 0, {
    error: '"endpoint" beside "authVariable" and "withinMs"',
  })
  .transform(({ endpoint = '', authVariable, withinMs = 10_000, module }): DeclaredCodec => {
    return module === undefined
      ? { kind: 'endpoint', endpoint, authVariable, withinMs }
      : { kind: 'module', module }
  })

function endpointOnly({ authVariable, withinMs }: Fields) {
  return [authVariable, withinMs].filter((field) => field !== undefined)
}
