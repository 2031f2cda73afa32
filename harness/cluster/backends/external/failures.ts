// Why an external cluster cannot be used, and what to do about it.
import { isGrpcServiceError } from '@temporalio/client'
import { NamespaceNotFoundError } from '@temporalio/common'
import { temporalVersion } from '../../../config/temporal-release.ts'
import { ChaosError, messageOf } from '../../../core/errors.ts'
import type { ExternalConnection } from './connection.ts'
import { openPort, speakHttp2 } from './try-connection.ts'

const grpc = { notFound: 5, permissionDenied: 7, unimplemented: 12, unauthenticated: 16 } as const

/** A failed call of a cluster that answers; anything else stays what it is. */
export function callFailure(thrown: unknown, connection: ExternalConnection): unknown {
  const { address, namespace } = connection.endpoint
  const error = grpcErrorIn(thrown)
  if (error?.code === grpc.permissionDenied || error?.code === grpc.unauthenticated)
    return refused(connection, thrown)
  if (error?.code === grpc.unimplemented) return otherVersion(address, thrown)
  if (error?.code !== grpc.notFound && !(thrown instanceof NamespaceNotFoundError)) return thrown
  return new ChaosError(`the cluster at ${address} has no namespace ${JSON.stringify(namespace)}`, {
    code: 'CHAOS_NAMESPACE_MISSING',
    kind: 'usage',
    hint: `Correct \`cluster.namespace\`, or create it: temporal operator namespace create --namespace ${namespace}`,
    cause: thrown,
  })
}

/** A connection that did not come about: the port, the encryption and the protocol are tried one after the other. */
export async function connectionFailure(connection: ExternalConnection, thrown: unknown): Promise<unknown> {
  const { address, tls } = connection.endpoint
  const byCall = callFailure(thrown instanceof Error ? (thrown.cause ?? thrown) : thrown, connection)
  if (byCall instanceof ChaosError && byCall.kind === 'usage') return byCall
  const closed = await reason(() => openPort(address))
  if (closed !== null) {
    return new ChaosError(`nothing can be reached at ${address}: ${closed}`, {
      code: 'CHAOS_CLUSTER_UNREACHABLE',
      hint: 'Check `cluster.address` in your chaos.config, whether the cluster runs, and whether this machine may reach it.',
      cause: thrown,
    })
  }
  const silent = await reason(() => speakHttp2(address, tls))
  if (silent === null) return thrown
  return tls === undefined || tls === false
    ? plain(address, silent, thrown)
    : encrypted(address, silent, thrown)
}

function plain(address: string, why: string, cause: unknown): ChaosError {
  return new ChaosError(`${address} does not speak plain gRPC: ${why}`, {
    code: 'CHAOS_CLUSTER_TLS',
    kind: 'usage',
    hint: 'It may want TLS: give `cluster.tls` of your chaos.config true, or the certificates.',
    cause,
  })
}

function encrypted(address: string, why: string, cause: unknown): ChaosError {
  return new ChaosError(`${address} and we do not agree on TLS: ${why}`, {
    code: 'CHAOS_CLUSTER_TLS',
    kind: 'usage',
    hint: 'Check `cluster.tls`: `serverCa` must have signed the server’s certificate, `serverName` must stand in it, and a server that asks for a certificate of ours needs `clientCert` and `clientKey`.',
    cause,
  })
}

function refused({ endpoint, apiKeyOf }: ExternalConnection, cause: unknown): ChaosError {
  const { address, namespace } = endpoint
  const who = apiKeyOf === null ? 'a client without an API key' : `the API key of ${apiKeyOf}`
  return new ChaosError(
    `${address} refuses ${who} for the namespace ${JSON.stringify(namespace)}: ${messageOf(cause)}`,
    {
      code: 'CHAOS_CLUSTER_REFUSED',
      kind: 'usage',
      hint: 'The test needs the right to start, describe and terminate workflows there: check the key, its account and the address, which has a host of its own for API keys in Temporal Cloud.',
      cause,
    },
  )
}

function otherVersion(address: string, cause: unknown): ChaosError {
  return new ChaosError(`the cluster at ${address} does not know a call of ours: ${messageOf(cause)}`, {
    code: 'CHAOS_CLUSTER_VERSION',
    kind: 'usage',
    hint: `The harness is tried with server ${temporalVersion}. Test on a server of that version or newer, and check that the address is that of a frontend.`,
    cause,
  })
}

function grpcErrorIn(thrown: unknown): { readonly code: number } | undefined {
  if (isGrpcServiceError(thrown)) return thrown
  return thrown instanceof Error && thrown.cause !== undefined ? grpcErrorIn(thrown.cause) : undefined
}

/** Why it failed, null if it did not. */
async function reason(attempt: () => Promise<void>): Promise<string | null> {
  return attempt().then(
    () => null,
    (thrown: unknown) => messageOf(thrown) || String(thrown),
  )
}
