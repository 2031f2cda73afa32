// How an external cluster is reached: by the harness's clients, and by workers through their environment.
import path from 'node:path'
import type { ConnectionOptions } from '@temporalio/client'
import {
  loadClientConfigProfile,
  toClientOptions,
  type ClientConfigProfile,
  type ClientConfigTLS,
  type ConfigDataSource,
} from '@temporalio/envconfig'
import type { ExternalDeclaration } from '../../../config/project/cluster-schema.ts'
import { messageOf, UsageError } from '../../../core/errors.ts'
import type { TemporalEndpoint } from '../../../temporal/endpoint.ts'

export interface ExternalConnection {
  readonly endpoint: TemporalEndpoint
  /** The same for workers, in the variables that the SDKs' own configuration reads. Secrets are among them. */
  readonly variables: Readonly<Record<string, string>>
  /** Where the API key comes from, as it reads after "the API key of"; null if there is none. */
  readonly apiKeyOf: string | null
}

type Env = Readonly<Record<string, string | undefined>>

/**
 * @param folder files of the declaration are relative to it
 * @throws UsageError `CHAOS_CONFIG_INVALID` if the profile, a file or the variable with the API key is not there
 */
export function externalConnection(
  declared: ExternalDeclaration,
  folder: string,
  env: Env,
): ExternalConnection {
  try {
    const profile =
      declared.kind === 'profile' ? loaded(declared.profile, env) : profileOf(declared, folder, env)
    const { address, namespace = 'default' } = profile
    if (address === undefined) throw invalid(`the profile has no address`)
    const { tls, apiKey, metadata } = toClientOptions(profile).connectionOptions
    return {
      endpoint: {
        address,
        namespace,
        ...(isOn(tls) ? { tls } : {}),
        // A client takes an API key for a wish for TLS, unless it is told that there is none.
        ...(typeof apiKey === 'string' ? { tls: isOn(tls) ? tls : false, apiKey } : {}),
        ...(metadata === undefined ? {} : { metadata: withoutBytes(metadata) }),
        isRemote: true,
      },
      variables: { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, ...secretsOf(profile) },
      apiKeyOf: profile.apiKey === undefined ? null : keyPlace(declared),
    }
  } catch (thrown) {
    if (thrown instanceof UsageError) throw thrown
    throw invalid(messageOf(thrown))
  }
}

/** The variables of Temporal's configuration win over the file, as everywhere. */
function loaded(profile: string, env: Env): ClientConfigProfile {
  const set = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  try {
    return loadClientConfigProfile({
      profile,
      overrideEnvVars: Object.fromEntries(set) as Record<string, string>,
    })
  } catch (thrown) {
    // A file without any profile is read as one of another form (@temporalio/envconfig 1.24).
    const why = thrown instanceof TypeError ? 'the file has no profiles' : messageOf(thrown)
    throw invalid(`the profile ${profile} of temporal.toml: ${why}`)
  }
}

function profileOf(
  declared: Extract<ExternalDeclaration, { readonly kind: 'address' }>,
  folder: string,
  env: Env,
): ClientConfigProfile {
  const { address, namespace, tls, apiKeyVariable } = declared
  const apiKey = apiKeyVariable === undefined ? undefined : env[apiKeyVariable]
  if (apiKeyVariable !== undefined && (apiKey ?? '') === '') {
    throw invalid(`the variable ${apiKeyVariable}, which is to hold the API key, is not set`)
  }
  return {
    address,
    namespace,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(tls === undefined ? {} : { tls: typeof tls === 'boolean' ? { disabled: !tls } : tlsOf(tls, folder) }),
  }
}

function tlsOf(
  tls: Exclude<Extract<ExternalDeclaration, { readonly kind: 'address' }>['tls'], boolean | undefined>,
  folder: string,
): ClientConfigTLS {
  const at = (name: string, file: string | undefined) =>
    file === undefined ? {} : { [name]: { path: path.resolve(folder, file) } }
  return {
    ...at('serverCACert', tls.serverCa),
    ...at('clientCert', tls.clientCert),
    ...at('clientKey', tls.clientKey),
    ...(tls.serverName === undefined ? {} : { serverName: tls.serverName }),
  }
}

function secretsOf({ apiKey, tls, grpcMeta = {} }: ClientConfigProfile): Record<string, string> {
  const headers = Object.entries(grpcMeta).map(([name, value]) => {
    return [`TEMPORAL_GRPC_META_${name.toUpperCase().replaceAll('-', '_')}`, value] as const
  })
  return {
    ...(apiKey === undefined ? {} : { TEMPORAL_API_KEY: apiKey }),
    ...(tls === undefined ? {} : tlsVariables(tls)),
    ...Object.fromEntries(headers),
  }
}

function tlsVariables(tls: ClientConfigTLS): Record<string, string> {
  if (tls.disabled === true) return { TEMPORAL_TLS: 'false' }
  return {
    TEMPORAL_TLS: 'true',
    ...(tls.serverName === undefined ? {} : { TEMPORAL_TLS_SERVER_NAME: tls.serverName }),
    ...sourceVariable('TEMPORAL_TLS_SERVER_CA_CERT', tls.serverCACert),
    ...sourceVariable('TEMPORAL_TLS_CLIENT_CERT', tls.clientCert),
    ...sourceVariable('TEMPORAL_TLS_CLIENT_KEY', tls.clientKey),
  }
}

function sourceVariable(name: string, source: ConfigDataSource | undefined): Record<string, string> {
  if (source === undefined) return {}
  if ('path' in source) return { [`${name}_PATH`]: path.resolve(source.path) }
  const { data } = source
  return { [`${name}_DATA`]: typeof data === 'string' ? data : new TextDecoder().decode(data) }
}

function keyPlace(declared: ExternalDeclaration): string {
  return declared.kind === 'address'
    ? `the variable ${declared.apiKeyVariable ?? ''}`
    : `the profile ${declared.profile} (or TEMPORAL_API_KEY)`
}

type Tls = ConnectionOptions['tls']

function isOn(tls: Tls): tls is NonNullable<Tls> {
  return tls !== undefined && tls !== null && tls !== false
}

function withoutBytes(
  metadata: NonNullable<ReturnType<typeof toClientOptions>['connectionOptions']['metadata']>,
) {
  return Object.fromEntries(
    Object.entries(metadata).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  ) as Record<string, string>
}

function invalid(why: string): UsageError {
  return new UsageError(
    `the external cluster: ${why}`,
    'Correct `cluster` in your chaos.config.',
    'CHAOS_CONFIG_INVALID',
  )
}
