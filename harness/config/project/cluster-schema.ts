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
  | { readonly kind: 'own'; readonly backend: 'process' | 'docker'; readonly port: number }
  | {
      readonly kind: 'address'
      readonly address: string
      readonly namespace: string
      readonly tls: Fields['tls']
      readonly apiKeyVariable: string | undefined
    }
  | { readonly kind: 'profile'; readonly profile: string }

export type ExternalDeclaration = Exclude<DeclaredCluster, { readonly kind: 'own' }>

export const ownPort = 7_233

export const clusterSchema = z
  .strictObject(fields)
  .refine((cluster) => ways(cluster).length <= 1, {
    error: 'one of "port", "address" and "profile"',
  })
  .refine(({ backend, ...cluster }) => backend === undefined || isOwn(cluster), {
    error: '"backend" without "address" and "profile": the harness starts nothing beside them',
  })
  .refine((cluster) => cluster.address !== undefined || addressOnly(cluster).length === 0, {
    error:
      '"address" beside "namespace", "tls" and "apiKeyVariable": our own cluster has none of them, and a profile its own',
  })
  .default({})
  .transform((cluster): DeclaredCluster => {
    const {
      backend = 'process',
      port = ownPort,
      address,
      namespace = 'default',
      tls,
      apiKeyVariable,
      profile,
    } = cluster
    if (address !== undefined) return { kind: 'address', address, namespace, tls, apiKeyVariable }
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
