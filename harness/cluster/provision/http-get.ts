// A GET that can never hang: names resolve in bounded time, silence ends it, and every failure has a reason to print.
import { lookup } from 'node:dns'
import {
  request as httpRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http'
import { request as httpsRequest, Agent as HttpsAgent } from 'node:https'
import type { LookupFunction } from 'node:net'
import { ChaosError } from '../../core/errors.ts'
import { networkReason } from './network-reason.ts'
import { IdleTimeout } from './idle-timeout.ts'

const mostRedirects = 5

export interface GetOptions {
  /** Its HTTP_PROXY, HTTPS_PROXY and NO_PROXY are honoured, in either case. */
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  /** @default 'GET' */
  readonly method?: 'GET' | 'HEAD'
  /** How long a name may take to resolve. @default 1500 */
  readonly resolveMs?: number
  /** How long the server may say nothing: before its answer, and between two pieces of it. @default 10000 */
  readonly silenceMs?: number
}

export interface HttpAnswer extends Disposable {
  /** Undefined where the server does not say. */
  readonly totalBytes: number | undefined
  /** The body, once. @throws ChaosError `CHAOS_DOWNLOAD_FAILED` where it is cut off or stalls */
  body(): AsyncGenerator<Buffer>
}

/**
 * Follows redirects, but not from https down to http.
 * @throws ChaosError `CHAOS_DOWNLOAD_FAILED` for anything but status 200; the signal's reason where that is aborted
 */
export async function openGet(start: URL, options: GetOptions): Promise<HttpAnswer> {
  let url = start
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const answer = await ask(url, options)
    if (answer.status === 200) return answer
    answer[Symbol.dispose]()
    url = redirectedTo(url, answer)
  }
  throw failed(`${shown(start)} redirects more than ${mostRedirects} times`)
}

function redirectedTo(from: URL, answer: RawAnswer): URL {
  const redirect = answer.status >= 300 && answer.status < 400 && answer.location !== undefined
  if (!redirect) throw failed(`${shown(from)} answers ${answer.status}`)
  const to = URL.parse(answer.location ?? '', from.href)
  if (to === null || !/^https?:$/.test(to.protocol)) throw failed(`${shown(from)} redirects to no address`)
  if (from.protocol === 'https:' && to.protocol === 'http:')
    throw failed(`${shown(from)} redirects to plain http`)
  return to
}

/** An address without the name and password that it may carry. */
export function shown(url: URL): string {
  return `${url.origin}${url.pathname}`
}

interface RawAnswer extends HttpAnswer {
  readonly status: number
  readonly location: string | undefined
}

async function ask(url: URL, options: GetOptions): Promise<RawAnswer> {
  const silenceMs = options.silenceMs ?? 10_000
  const silence = new IdleTimeout(silenceMs)
  const secure = url.protocol === 'https:'
  const agent = secure ? new HttpsAgent({ proxyEnv: options.env }) : new HttpAgent({ proxyEnv: options.env })
  const explain = (thrown: unknown): unknown => {
    if (options.signal.aborted) return options.signal.reason
    return failed(`${shown(url)}: ${silence.signal.aborted ? silence.reason : networkReason(thrown)}`, thrown)
  }
  try {
    const response = await request(secure ? httpsRequest : httpRequest, url, {
      agent,
      signal: AbortSignal.any([options.signal, silence.signal]),
      method: options.method ?? 'GET',
      // Only so that the socket of an unfinished tunnel ends too; Silence is what ends the rest.
      timeout: silenceMs,
      lookup: boundedLookup(options.resolveMs ?? 1_500),
      headers: { 'user-agent': 'temporal-chaos' },
    })
    return answerOf(response, silence, explain)
  } catch (thrown) {
    throw explain(thrown)
  } finally {
    silence.stop()
  }
}

async function request(
  via: typeof httpRequest,
  url: URL,
  settings: RequestOptions & { readonly signal: AbortSignal },
): Promise<IncomingMessage> {
  const { signal } = settings
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  // Node leaves a request that is aborted while its proxy makes the tunnel without an answer.
  const abort = (): void => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    via(url, settings, resolve).on('error', reject).end()
    return await promise
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function answerOf(
  response: IncomingMessage,
  silence: IdleTimeout,
  explain: (thrown: unknown) => unknown,
): RawAnswer {
  const length = Number.parseInt(response.headers['content-length'] ?? '', 10)
  return {
    status: response.statusCode ?? 0,
    location: response.headers.location,
    totalBytes: Number.isNaN(length) ? undefined : length,
    async *body() {
      try {
        silence.start()
        for await (const chunk of response as AsyncIterable<Buffer>) {
          // A slow disk on this side is not the server's silence.
          silence.stop()
          yield chunk
          silence.start()
        }
      } catch (thrown) {
        throw explain(thrown)
      } finally {
        silence.stop()
      }
    },
    [Symbol.dispose]: () => {
      silence.stop()
      response.destroy()
    },
  }
}

/** The system's resolver may try for half a minute before it gives up on a name server that does not answer. */
function boundedLookup(ms: number): LookupFunction {
  return (host, options, done) => {
    let over = false
    const finish: typeof done = (...result) => {
      if (over) return
      over = true
      clearTimeout(timer)
      done(...result)
    }
    const late = Object.assign(new Error(`${host} was not resolved within ${ms} ms`), { code: 'ENOTFOUND' })
    const timer = setTimeout(() => finish(late, ''), ms)
    lookup(host, options, finish)
  }
}

function failed(message: string, cause?: unknown): ChaosError {
  return new ChaosError(message, { code: 'CHAOS_DOWNLOAD_FAILED', ...(cause === undefined ? {} : { cause }) })
}
