// Who reads and writes payloads for the harness: a data converter, and the news that its codec failed.
import {
  defaultPayloadConverter,
  type DataConverter,
  type Payload,
  type PayloadCodec,
} from '@temporalio/common'
import { ChaosError, messageOf } from '../core/errors.ts'

export interface PayloadReader {
  readonly dataConverter: DataConverter
  /** Aborted once a codec has failed: nothing can be proven then. The reason is what it threw. */
  readonly health?: AbortSignal
}

/**
 * Tries the codecs, and watches them from then on.
 * @param of what it is, for the error of one that turns a payload into another
 * @throws ChaosError `CHAOS_CODEC_FAILED`, or what a codec of the harness throws
 */
export async function openPayloadReader(converter: DataConverter, of: string): Promise<PayloadReader> {
  const failing = new AbortController()
  const codecs = (converter.payloadCodecs ?? []).map((codec) => watched(codec, failing, of))
  const payload = defaultPayloadConverter.toPayload(trial)
  let through: Payload[] = [payload]
  for (const codec of codecs) through = await codec.encode(through)
  for (const codec of codecs.toReversed()) through = await codec.decode(through)
  const [came] = through
  if (came === undefined || !isSame(came, payload)) {
    throw failed(of, 'what it decodes is not what it had encoded')
  }
  return { dataConverter: { ...converter, payloadCodecs: codecs }, health: failing.signal }
}

const trial = 'temporal-chaos'

function watched(codec: PayloadCodec, failing: AbortController, of: string): PayloadCodec {
  async function noting<T>(made: Promise<T>): Promise<T> {
    try {
      return await made
    } catch (thrown) {
      const error = thrown instanceof ChaosError ? thrown : failed(of, messageOf(thrown), thrown)
      failing.abort(error)
      throw error
    }
  }
  return {
    encode: (payloads, context) => noting(codec.encode(payloads, context)),
    decode: (payloads, context) => noting(codec.decode(payloads, context)),
  }
}

function isSame(one: Payload, other: Payload): boolean {
  return Buffer.compare(one.data ?? new Uint8Array(), other.data ?? new Uint8Array()) === 0
}

function failed(of: string, why: string, cause?: unknown): ChaosError {
  return new ChaosError(`the codec ${of} failed: ${why}`, {
    code: 'CHAOS_CODEC_FAILED',
    hint: 'Correct it: without it nobody can read what your workflows say.',
    ...(cause === undefined ? {} : { cause }),
  })
}
