// The harness's own way to the Temporal service: not the workers', and quick to come back after an outage.
import {
  Client,
  Connection,
  isGrpcDeadlineError,
  isGrpcServiceError,
  isRetryableError,
} from '@temporalio/client'
import { getGrpcStatusDetails } from '@temporalio/client/lib/helpers.js'
import { NamespaceNotFoundError } from '@temporalio/common'
import { quickReconnects } from './grpc.ts'
import type { Deadline } from '../core/deadline.ts'
import { ChaosError } from '../core/errors.ts'
import type { TemporalEndpoint } from './endpoint.ts'

export interface Observer extends AsyncDisposable {
  readonly client: Client
  readonly namespace: string
}

/** Pause between two tries of a call while the service does not answer. */
export const retryMs = 25

/**
 * Connects to a frontend that serves. Its channel reconnects within 100 ms, where gRPC's default backoff would
 * place an answer seconds after the service is back. A call fails at once where the service does not answer: whether
 * and how it is tried again is for the caller to say (`retryThroughOutage`).
 * @throws ChaosError `CHAOS_SERVICE_UNREACHABLE`
 */
export async function openObserver(endpoint: TemporalEndpoint): Promise<Observer> {
  const { address, namespace, tls, apiKey, dataConverter } = endpoint
  try {
    const connection = await Connection.connect({
      address,
      ...(tls === undefined ? {} : { tls }),
      ...(apiKey === undefined ? {} : { apiKey }),
      connectTimeout: 10_000,
      // The one that the client has otherwise hides an outage behind ten tries with pauses of up to 5 s.
      interceptors: [],
      channelArgs: quickReconnects(100),
    })
    const converting = dataConverter === undefined ? {} : { dataConverter }
    return {
      client: new Client({ connection, namespace, ...converting }),
      namespace,
      [Symbol.asyncDispose]: () => connection.close(),
    }
  } catch (thrown) {
    throw new ChaosError(`no Temporal frontend at ${address}`, {
      code: 'CHAOS_SERVICE_UNREACHABLE',
      cause: thrown,
    })
  }
}

/**
 * A call that ends with `signal`. It has a signal of its own for that: the client leaves a listener, and with it the
 * call and its answer, on the signal that it is given, and a connection keeps the context, and with it the signal, of the
 * call that opened it (@temporalio/client 1.24: `generateRPCImplementation`). One signal for all calls of a run would
 * keep them all for as long as the connection lasts.
 * @throws what `signal` is aborted with before the call, else what `call` throws
 */
export async function withCallSignal<T>(
  signal: AbortSignal,
  { client: { connection } }: Observer,
  call: () => Promise<T>,
): Promise<T> {
  // An abort that has happened already would not end the call.
  signal.throwIfAborted()
  const own = new AbortController()
  const end = () => own.abort(signal.reason)
  signal.addEventListener('abort', end, { once: true })
  try {
    return await connection.withAbortSignal(own.signal, call)
  } finally {
    signal.removeEventListener('abort', end)
  }
}

/**
 * A call that has to outlive an outage: tried again every 25 ms while the service does not answer. `call` must be one
 * that may be made twice, since the answer to the first may be what was lost; it hands the signal on, by which a try that
 * hangs is ended.
 * @param what is called for, as it reads after "waited 5 s for"
 * @throws what `call` throws for another reason than an outage; ChaosError `CHAOS_SERVICE_UNREACHABLE` at the deadline
 */
export async function retryThroughOutage<T>(
  observer: Observer,
  deadline: Deadline,
  what: string,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const made = async (signal: AbortSignal) => ({
    value: await withCallSignal(signal, observer, () => call(signal)),
  })
  const stopOn = (thrown: unknown) => !isOutage(thrown)
  const { value } = await deadline.poll(made, {
    what,
    everyMs: retryMs,
    code: 'CHAOS_SERVICE_UNREACHABLE',
    stopOn,
  })
  return value
}

/** What the service, or the way to it, will not say again once it is back; the client wraps it more than once. */
function isOutage(thrown: unknown): boolean {
  if (isGrpcDeadlineError(thrown) || thrown instanceof NamespaceNotFoundError) return true
  if (isGrpcServiceError(thrown)) return isRetryableError(thrown) || isNamespaceUnread(thrown)
  return thrown instanceof Error && thrown.cause !== undefined && isOutage(thrown.cause)
}

/**
 * A server that cannot read its namespaces, since its database is away, says that there is none of this name (1.32.2:
 * `getNamespaceByNamePersistence` in common/namespace/nsregistry/registry.go). The harness registered it before.
 */
function isNamespaceUnread(error: Parameters<typeof getGrpcStatusDetails>[0]): boolean {
  const details = getGrpcStatusDetails(error) ?? []
  return details.some(({ type_url: type }) => type?.endsWith('.NamespaceNotFoundFailure') === true)
}

/** gRPC's NOT_FOUND: the workflow is closed, or there never was one. An outage is none (see `isOutage`). */
export function isNotFound(thrown: unknown): boolean {
  const { code }: { readonly code: number | undefined } = isGrpcServiceError(thrown)
    ? thrown
    : { code: undefined }
  return code === 5
}
