// Payloads of events and commands as comparable text. Codecs come off first: an encrypting one never writes the same twice.
import type { PayloadCodec } from '@temporalio/common'
import { decode } from '@temporalio/common/lib/internal-non-workflow/index.js'
import { JSONToPayload, type JSONPayload, type Payload } from '@temporalio/common/lib/proto-utils.js'
import type { ReadPayloads } from './replayed-command.ts'

/** Takes payloads in the form of proto3 JSON, as histories have them, and those of the SDK's messages. */
export function payloadReader(codecs: readonly PayloadCodec[]): ReadPayloads {
  return async (payloads) => {
    if (!Array.isArray(payloads)) return ''
    const given = (payloads as (Payload | JSONPayload)[]).map((one) =>
      isJson(one) ? JSONToPayload(one) : one,
    )
    return (await decode([...codecs], given)).map(textOf).join(', ')
  }
}

function isJson(payload: Payload | JSONPayload): payload is JSONPayload {
  const texts: readonly unknown[] = [payload.data, payload.metadata?.['encoding']]
  return texts.some((one) => typeof one === 'string')
}

/** JSON as it is; anything else by its encoding and its bytes. */
function textOf(payload: Payload): string {
  const encoding = Buffer.from(payload.metadata?.['encoding'] ?? []).toString()
  const data = Buffer.from(payload.data ?? [])
  if (encoding === 'binary/null') return 'nothing'
  return encoding.startsWith('json/') ? data.toString() : `${encoding} ${data.toString('base64')}`
}
