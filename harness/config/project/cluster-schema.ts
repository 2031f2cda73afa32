// The part of a chaos.config that says where workflows run: on a cluster that the harness starts, or on one that runs already.
import { z } from 'zod'

const file = z.string().min(1, 'a file, relative to the folder of the configuration')

const tlsSchema = z
  .strictObject({
    serverCa: file
      .optional()
      .describe(
        'Authorities that the server’s certificate is checked with. Without it: those of the system.',
      ),
    clientCert: file.optional().describe('The certificate of the client, with `clientKey`.'),
    clientKey: file.optional().describe('The private key of the client.'),
    serverName: z
      .string()
      .min(1)
      .optional()
      .describe('The name in the server’s certificate. Without it: the host of the address.'),
  })
  .refine(({ clientCert, clientKey }) => (clientCert === undefined) === (clientKey === undefined), {
    error: '"clientCert" and "clientKey" together',
  })

const devServerSchema = z.strictObject({
  keep: z.boolean().default(false),
  program: z.string().min(1).default('temporal'),
})

const fields = {
  backend: z
    .enum(['process', 'docker'])
    .optional()
    .describe(
      'What the harness starts: `process`, local processes, or `docker`, containers. `process` without it; `--backend` wins over it.',
    ),
  port: z
    .number()
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe('The port of the Temporal server that the harness starts, 7233 without it. It must be free.'),
  devServer: z
    .union(
      [z.literal(true), devServerSchema],
      'true, or { "keep", "program" }: whether it keeps its state in a file, and the Temporal CLI',
    )
    .optional()
    .describe(
      'The development server of Temporal’s CLI in place of our own: `true`, or `{ "keep": true }` with its state in a file.',
    ),
  address: z
    .string()
    .regex(/^(?:\[[\da-f:]+\]|[^\s:/[\]]+):\d{1,5}$/i, 'a host and a port, as in "temporal.example.com:7233"')
    .optional()
    .describe('Host and port of a cluster that runs already. The harness then starts none.'),
  namespace: z
    .string()
    .min(1)
    .optional()
    .describe('The namespace there, `default` without it. It needs `address`.'),
  tls: z
    .union(
      [z.boolean(), tlsSchema],
      'true, false or { "serverCa", "clientCert", "clientKey", "serverName" }: files, relative to the configuration',
    )
    .optional()
    .describe('How the connection is encrypted. Without it: not, unless there is an API key.'),
  apiKeyVariable: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'the name of an environment variable')
    .optional()
    .describe('The environment variable that holds the API key. The key itself stands in no file.'),
  profile: z
    .string()
    .min(1)
    .optional()
    .describe('A profile of Temporal’s own `temporal.toml`, in place of `address`.'),
}

type Fields = z.output<z.ZodObject<typeof fields>>

export type DeclaredCluster =
  | {
      readonly kind: 'dev-server'
      readonly port: number
      /** Its state is in a file. */
      readonly keep: boolean
      /** The Temporal CLI, by its name in PATH or by its file. */
      readonly program: string
    }
  | { readonly kind: 'own'; readonly backend: 'process' | 'docker'; readonly port: number }
  | {
      readonly kind: 'address'
      readonly address: string
      readonly namespace: string
      readonly tls: Fields['tls']
      readonly apiKeyVariable: string | undefined
    }
  | { readonly kind: 'profile'; readonly profile: string }

export type ExternalDeclaration = Exclude<DeclaredCluster, { readonly kind: 'own' | 'dev-server' }>

export const ownPort = 7_233
const usualDevServer = { keep: false, program: 'temporal' }

export const clusterSchema = z
  .strictObject(fields)
  .refine((cluster) => ways(cluster).length <= 1, {
    error: 'one of "port", "address" and "profile"',
  })
  .refine((cluster) => started(cluster).length === 0 || isOwn(cluster), {
    error:
      '"backend" and "devServer" without "address" and "profile": the harness starts nothing beside them',
  })
  .refine((cluster) => started(cluster).length <= 1, { error: 'one of "backend" and "devServer"' })
  .refine((cluster) => cluster.address !== undefined || addressOnly(cluster).length === 0, {
    error:
      '"address" beside "namespace", "tls" and "apiKeyVariable": our own cluster has none of them, and a profile its own',
  })
  .default({})
  .transform((cluster): DeclaredCluster => {
    const {
      backend = 'process',
      devServer,
      port = ownPort,
      address,
      namespace = 'default',
      tls,
      apiKeyVariable,
      profile,
    } = cluster
    if (address !== undefined) return { kind: 'address', address, namespace, tls, apiKeyVariable }
    if (devServer !== undefined) {
      return { kind: 'dev-server', port, ...(devServer === true ? usualDevServer : devServer) }
    }
    return profile === undefined ? { kind: 'own', backend, port } : { kind: 'profile', profile }
  })

function ways({ port, address, profile }: Fields) {
  return [port, address, profile].filter((way) => way !== undefined)
}

function addressOnly({ namespace, tls, apiKeyVariable }: Fields) {
  return [namespace, tls, apiKeyVariable].filter((field) => field !== undefined)
}

function isOwn({ address, profile }: Pick<Fields, 'address' | 'profile'>) {
  return address === undefined && profile === undefined
}

function started({ backend, devServer }: Fields) {
  return [backend, devServer].filter((way) => way !== undefined)
}
