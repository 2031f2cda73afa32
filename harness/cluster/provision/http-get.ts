// A GET that can never hang: each of its phases has a limit, and every failure has a reason to print.
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { LookupFunction } from 'node:net'
import got, { HTTPError, MaxRedirectsError, TimeoutError, type OptionsInit } from 'got'
import { ChaosError } from '../../core/errors.ts'
import { networkReason } from './network-reason.ts'

const maxRedirects = 5

export interface GetOptions {
  /** Its HTTP_PROXY, HTTPS_PROXY and NO_PROXY are honoured, in either case. */
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  /** Resolves names. @default the system's resolver */
  readonly lookup?: LookupFunction
  /** How long the server may say nothing: before its answer, and between two pieces of it. @default 10000 */
  readonly silenceMs?: number
}

/** The system's resolver may try for half a minute before it gives up on a name server that does not answer. */
const resolveMs = 1_500

/** An address without the name and password that it may carry. */
export function publicUrl(url: URL): string {
  return `${url.origin}${url.pathname}`
}

/**
 * The pieces of the body. Follows redirects, but not from https down to http.
 * @param onStart told of the size of the whole, undefined if the server does not say
 * @throws ChaosError `CHAOS_DOWNLOAD_FAILED`; the signal's reason if that is aborted
 */
export async function* getBody(
  url: URL,
  options: GetOptions,
  onStart?: (totalBytes: number | undefined) => void,
): AsyncGenerator<Buffer> {
  const stream = got.stream(url, requestOptions(options))
  stream.on('response', ({ headers }: { readonly headers: { readonly 'content-length'?: string } }) => {
    const length = Number.parseInt(headers['content-length'] ?? '', 10)
    onStart?.(Number.isNaN(length) ? undefined : length)
  })
  try {
    yield* stream as AsyncIterable<Buffer>
  } catch (thrown) {
    throw explained(thrown, url, options)
  }
}

/** Asks for the headers only. @throws as `getBody` does */
export async function checkReachable(url: URL, options: GetOptions): Promise<void> {
  try {
    await got.head(url, requestOptions(options))
  } catch (thrown) {
    throw explained(thrown, url, options)
  }
}

function silenceOf({ silenceMs = 10_000 }: GetOptions): number {
  return silenceMs
}

function requestOptions(options: GetOptions): OptionsInit {
  const silenceMs = silenceOf(options)
  // The agents' timeout is for the tunnel through a proxy, which is made before got's phases begin.
  const agentOptions = { proxyEnv: options.env, timeout: silenceMs }
  return {
    agent: { http: new HttpAgent(agentOptions), https: new HttpsAgent(agentOptions) },
    ...(options.lookup === undefined ? {} : { dnsLookup: options.lookup }),
    headers: { 'user-agent': 'temporal-chaos' },
    decompress: false,
    signal: options.signal,
    retry: { limit: 0 },
    maxRedirects,
    hooks: {
      beforeRedirect: [
        ({ url }, from) => {
          const isDowngrade = from.url.startsWith('https:') && String(url).startsWith('http:')
          if (isDowngrade) throw new Error('redirects to plain http')
        },
      ],
    },
    timeout: {
      lookup: resolveMs,
      connect: silenceMs,
      secureConnect: silenceMs,
      response: silenceMs,
      socket: silenceMs,
    },
  }
}

function explained(thrown: unknown, url: URL, options: GetOptions): unknown {
  if (options.signal.aborted) return options.signal.reason
  return new ChaosError(reasonOf(thrown, url, silenceOf(options)), {
    code: 'CHAOS_DOWNLOAD_FAILED',
    cause: thrown,
  })
}

function reasonOf(thrown: unknown, url: URL, silenceMs: number): string {
  if (thrown instanceof HTTPError) {
    return `${publicUrl(new URL(thrown.response.url))} answers ${thrown.response.statusCode}`
  }
  if (thrown instanceof MaxRedirectsError)
    return `${publicUrl(url)} redirects more than ${maxRedirects} times`
  if (thrown instanceof TimeoutError) {
    const isLookup = thrown.event === 'lookup'
    const reason = isLookup ? 'the host does not resolve in time' : `silent for ${silenceMs / 1000} s`
    return `${publicUrl(url)}: ${reason}`
  }
  return `${publicUrl(url)}: ${networkReason(thrown)}`
}
