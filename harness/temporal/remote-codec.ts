// A payload codec behind HTTP, by the protocol of Temporal's codec servers: payloads as JSON to `/encode` and `/decode`.
import type { Payload, PayloadCodec } from '@temporalio/common'
import { JSONToPayload, payloadToJSON } from '@temporalio/common/lib/proto-utils.js'
import got, { TimeoutError, type Response } from 'got'
import { z } from 'zod'
import { formatDuration } from '../core/duration.ts'
import { ChaosError, messageOf, type ChaosErrorOptions } from '../core/errors.ts'

export interface RemoteCodecOptions {
  /** `{namespace}` in it is replaced. */
  readonly endpoint: string
  readonly namespace: string
  /** The `Authorization` header. @default none */
  readonly authorization?: string
  readonly withinMs: number
}

const answerSchema = z.object({
  payloads: z.array(
    z.object({
      metadata: z.record(z.string(), z.base64()).nullable().default(null),
      data: z.base64().nullable().default(null),
    }),
  ),
})

/** How much of an answer an error shows. */
const shownLength = 200

/**
 * @throws by its functions: ChaosError `CHAOS_CODEC_UNREACHABLE` if nobody answers in time, `CHAOS_CODEC_REFUSED` (kind
 *   usage), `CHAOS_CODEC_FAILED` for any other answer than as many payloads
 */
export function remoteCodec(options: RemoteCodecOptions): PayloadCodec {
  return {
    encode: (payloads) => exchange(options, 'encode', payloads),
    decode: (payloads) => exchange(options, 'decode', payloads),
  }
}

async function exchange(
  options: RemoteCodecOptions,
  what: 'encode' | 'decode',
  payloads: readonly Payload[],
): Promise<Payload[]> {
  if (payloads.length === 0) return []
  const url = `${options.endpoint.replaceAll('{namespace}', options.namespace).replace(/\/$/, '')}/${what}`
  const { statusCode, body } = await ask(options, url, payloads)
  if (statusCode !== 200) throw answeredWith(url, statusCode, body)
  const answer = answerSchema.safeParse(parsed(body))
  if (!answer.success) throw failed(url, `it answers something else than payloads: ${shown(body)}`)
  const { length } = answer.data.payloads
  if (length !== payloads.length) throw failed(url, `it answers ${length} payloads to ${payloads.length}`)
  return answer.data.payloads.map((payload) => JSONToPayload(payload))
}

async function ask(
  { namespace, authorization, withinMs }: RemoteCodecOptions,
  url: string,
  payloads: readonly Payload[],
): Promise<Pick<Response<string>, 'statusCode' | 'body'>> {
  try {
    return await got.post(url, {
      json: { payloads: payloads.map((payload) => payloadToJSON(payload)) },
      headers: { 'x-namespace': namespace, ...(authorization === undefined ? {} : { authorization }) },
      timeout: { request: withinMs },
      retry: { limit: 0 },
      throwHttpErrors: false,
      // A redirect would send the payloads, and the key, to somebody else.
      followRedirect: false,
    })
  } catch (thrown) {
    const why =
      thrown instanceof TimeoutError ? `no answer in ${formatDuration(withinMs)}` : messageOf(thrown)
    throw new ChaosError(`the codec ${url} cannot be reached: ${why}`, {
      code: 'CHAOS_CODEC_UNREACHABLE',
      hint: 'Start your codec server, by `services` of your chaos.config for example, or correct `codec.endpoint`.',
      cause: thrown,
    })
  }
}

function answeredWith(url: string, status: number, body: string): ChaosError {
  const said = `it answers with the status ${status}${body === '' ? '' : `: ${shown(body)}`}`
  if (status !== 401 && status !== 403) return failed(url, said)
  return failed(url, said, {
    code: 'CHAOS_CODEC_REFUSED',
    kind: 'usage',
    hint: '`codec.authVariable` of your chaos.config names the variable that holds the `Authorization` header, such as `Bearer …`.',
  })
}

function failed(url: string, why: string, options?: ChaosErrorOptions): ChaosError {
  return new ChaosError(
    `the codec ${url} failed: ${why}`,
    options ?? {
      code: 'CHAOS_CODEC_FAILED',
      hint: 'Without it nobody can read what your workflows say. Its own log tells more.',
    },
  )
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined // The caller says what came instead of JSON.
  }
}

function shown(body: string): string {
  const line = body.trim().replaceAll(/\s+/g, ' ')
  return line.length > shownLength ? `${line.slice(0, shownLength)}…` : line
}
