// What the payload of a closing event says: the result of a completed workflow, or the message of a failed one.
import { defaultPayloadConverter } from '@temporalio/common'
import { JSONToPayload, type JSONPayload } from '@temporalio/common/lib/proto-utils.js'
import { z } from 'zod'
import { messageOf } from '../core/errors.ts'
import { eventAttributes, fieldIn, textAttribute, type HistoryEvent } from './event.ts'

export const closingPayloadSchema = z.discriminatedUnion('kind', [
  /** The value is absent if the workflow returned nothing. */
  z.object({ kind: z.literal('result'), value: z.unknown().optional() }),
  z.object({ kind: z.literal('failure'), message: z.string() }),
  z.object({ kind: z.literal('unreadable'), why: z.string() }),
])
export type ClosingPayload = z.infer<typeof closingPayloadSchema>

/** The result's encoded payload; undefined if the workflow returned nothing or did not complete. */
export function encodedResult(closing: HistoryEvent): JSONPayload | undefined {
  const payloads: unknown = fieldIn(eventAttributes(closing), 'result', 'payloads')
  return Array.isArray(payloads) ? (payloads as JSONPayload[])[0] : undefined
}

/** The payload that hides the failure's message; undefined if the message is in plain sight. */
export function encodedFailure(closing: HistoryEvent): JSONPayload | undefined {
  return fieldIn(eventAttributes(closing), 'failure', 'encodedAttributes') as JSONPayload | undefined
}

/** By the SDK's default converter, for records that do not say what the payload was. */
export function readByDefault(closing: HistoryEvent): ClosingPayload | undefined {
  const fromPayload = (payload: JSONPayload): unknown =>
    defaultPayloadConverter.fromPayload(JSONToPayload(payload))
  try {
    switch (closing.eventType) {
      case 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED': {
        const payload = encodedResult(closing)
        return { kind: 'result', value: payload === undefined ? undefined : fromPayload(payload) }
      }
      case 'EVENT_TYPE_WORKFLOW_EXECUTION_FAILED': {
        const payload = encodedFailure(closing)
        if (payload === undefined) return failureInPlainSight(closing)
        const message = fieldIn(fromPayload(payload), 'message')
        return { kind: 'failure', message: typeof message === 'string' ? message : '' }
      }
      default:
        return undefined
    }
  } catch (thrown) {
    return { kind: 'unreadable', why: messageOf(thrown) }
  }
}

export function failureInPlainSight(closing: HistoryEvent): ClosingPayload {
  return { kind: 'failure', message: textAttribute(closing, 'failure', 'message') ?? '' }
}
