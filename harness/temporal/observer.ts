// The harness's own connection to the Temporal service, apart from the workers'. It returns quickly after an outage.
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

/** The pause between two attempts of a call while the service does not answer. */
export const retryMs = 25

/** gRPC codes. */
const cancelled = 1
/** Of a call that the state of the system does not allow. */
const failedPrecondition = 9

/**
 * Connects to a frontend that serves. Its channel reconnects within 100 ms, where gRPC's default backoff would
 * place an answer seconds after the service is back. A call fails at once if the service does not answer. The caller decides
 * whether to try again (`retryThroughOutage`).
 * @throws ChaosError `CHAOS_SERVICE_UNREACHABLE`
 */
export async function openObserver(endpoint: TemporalEndpoint): Promise<Observer> {
  const { address, namespace, tls, apiKey, metadata, dataConverter } = endpoint
  try {
    const connection = await Connection.connect({
      address,
      ...(tls === undefined ? {} : { tls }),
      ...(apiKey === undefined ? {} : { apiKey }),
      ...(metadata === undefined ? {} : { metadata }),
      connectTimeout: 10_000,
      // The client's default hides an outage behind ten attempts with pauses of up to 5 s.
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
 * Makes a call that `signal` ends. Each call gets its own signal, because the client leaves a listener (and so the call and
 * its answer) on the given signal, and a connection keeps the context of the call that opened it (@temporalio/client 1.24:
 * `generateRPCImplementation`). One signal for all calls of a run would keep them in memory as long as the connection.
 * @throws what `signal` is aborted with before the call, else what `call` throws
 */
export async function withCallSignal<T>(
  signal: AbortSignal,
  { client: { connection } }: Observer,
  call: () => Promise<T>,
): Promise<T> {
  // A signal that is already aborted would not end the call.
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
 * Makes a call that must survive an outage of the service or of its workers: it tries again every 25 ms while
 * nobody answers. `call` must be safe to repeat, as an answer may have been lost, and must pass the signal
 * on, which ends it.
 * @param what the purpose of the call, as it reads after "waited 5 s for"
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

interface GrpcStatus {
  readonly code: number
  readonly details: string
}

/** Errors that end with an outage of service, network or workers. The client wraps them more than once. */
function isOutage(thrown: unknown): boolean {
  if (isGrpcDeadlineError(thrown) || thrown instanceof NamespaceNotFoundError) return true
  if (isGrpcServiceError(thrown))
    return isRetryableError(thrown) || isNamespaceUnread(thrown) || isUnpolled(thrown) || isGivenUp(thrown)
  return thrown instanceof Error && thrown.cause !== undefined && isOutage(thrown.cause)
}

/**
 * A server that cannot read its namespaces because its database is away reports that the namespace does not exist (1.32.2:
 * `getNamespaceByNamePersistence` in common/namespace/nsregistry/registry.go). The harness registered it before.
 */
function isNamespaceUnread(error: Parameters<typeof getGrpcStatusDetails>[0]): boolean {
  const details = getGrpcStatusDetails(error) ?? []
  return details.some(({ type_url: type }) => type?.endsWith('.NamespaceNotFoundFailure') === true)
}

/**
 * A server that saw no poll of the task queue for 20 s ends a query by this, 1 s before its deadline. With a
 * sticky timeout of 1 s that is at once, so a query right after a restart may get it though the worker's poll
 * is on its way (1.32.2: `errNoRecentPoller` in service/matching/pri_matcher.go).
 */
function isUnpolled({ code, details }: GrpcStatus): boolean {
  return code === failedPrecondition && details.startsWith('no poller seen for task queue recently')
}

/**
 * After a failed write of a task queue's state the server drops the queue from memory. Queries that wait there end by
 * this, and have reached no worker (1.32.2: `syncOfferTask` in service/matching/pri_matcher.go). A call that the
 * harness itself ended says "Cancelled on client".
 */
function isGivenUp({ code, details }: GrpcStatus): boolean {
  return code === cancelled && details === 'context canceled'
}

/** gRPC's NOT_FOUND: the workflow is closed or never existed. During an outage it means neither (see `isOutage`). */
export function isNotFound(thrown: unknown): boolean {
  const { code }: { readonly code: number | undefined } = isGrpcServiceError(thrown)
    ? thrown
    : { code: undefined }
  return code === 5
}
