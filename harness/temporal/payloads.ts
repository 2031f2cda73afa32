// Payloads that the harness reads and writes itself go through the endpoint's data converter, codecs included.
import {
  ValueError,
  type LoadedDataConverter,
  type Payload,
  type SerializationContext,
} from '@temporalio/common'
import {
  decodeFromPayloadsAtIndex,
  decodeOptionalFailureToOptionalError,
  encodeToPayloadsWithContext,
} from '@temporalio/common/lib/internal-non-workflow/index.js'
import { historyFromJSON, JSONToPayload } from '@temporalio/common/lib/proto-utils.js'
import { messageOf } from '../core/errors.ts'
import {
  encodedFailure,
  encodedResult,
  failureInPlainSight,
  type ClosingPayload,
} from '../history/closing-payload.ts'
import type { HistoryEvent } from '../history/event.ts'

/** The part of an observer that payloads need. */
export interface PayloadClient {
  readonly client: { readonly options: { readonly loadedDataConverter: LoadedDataConverter } }
  readonly namespace: string
}

/** A workflow, or an activity of it: converters and codecs may treat the payloads of each in another way. */
export interface PayloadOwner {
  readonly workflowId: string
  readonly activityId?: string
}

/** @throws what the data converter throws */
export async function encodePayloads(
  observer: PayloadClient,
  owner: PayloadOwner,
  values: readonly unknown[],
): Promise<Payload[]> {
  const { loadedDataConverter } = observer.client.options
  return (
    (await encodeToPayloadsWithContext(loadedDataConverter, contextOf(observer, owner), [...values])) ?? []
  )
}

/** The first value; undefined if there is no payload. @throws what the data converter throws */
export async function decodeFirstPayload(
  observer: PayloadClient,
  owner: PayloadOwner,
  payloads: readonly Payload[] | null | undefined,
): Promise<unknown> {
  const [payload] = payloads ?? []
  if (payload === undefined) return undefined
  const { loadedDataConverter } = observer.client.options
  return decodeFromPayloadsAtIndex(loadedDataConverter, 0, [payload], contextOf(observer, owner))
}

/** Whether an answer came that the data converter cannot read, as if a codec of the worker's own encrypts it. */
export function isUnreadable(thrown: unknown): boolean {
  return thrown instanceof ValueError || (thrown instanceof Error && isUnreadable(thrown.cause))
}

/** What a closing event's payload says, as JSON can hold it; undefined if events of its type have none. Never rejects. */
export async function decodeClosing(
  observer: PayloadClient,
  owner: PayloadOwner,
  closing: HistoryEvent,
): Promise<ClosingPayload | undefined> {
  try {
    switch (closing.eventType) {
      case 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED': {
        const payload = encodedResult(closing)
        if (payload === undefined) return { kind: 'result' }
        const value = await decodeFirstPayload(observer, owner, [JSONToPayload(payload)])
        return { kind: 'result', value: asJson(value) }
      }
      case 'EVENT_TYPE_WORKFLOW_EXECUTION_FAILED':
        if (encodedFailure(closing) === undefined) return failureInPlainSight(closing)
        return { kind: 'failure', message: await decodeFailureMessage(observer, owner, closing) }
      default:
        return undefined
    }
  } catch (thrown) {
    return { kind: 'unreadable', why: messageOf(thrown) }
  }
}

async function decodeFailureMessage(
  observer: PayloadClient,
  owner: PayloadOwner,
  closing: HistoryEvent,
): Promise<string> {
  const [event] = historyFromJSON({ events: [closing] }).events ?? []
  const error = await decodeOptionalFailureToOptionalError(
    observer.client.options.loadedDataConverter,
    event?.workflowExecutionFailedEventAttributes?.failure,
    contextOf(observer, owner),
  )
  return error?.message ?? ''
}

function contextOf(
  { namespace }: PayloadClient,
  { workflowId, activityId }: PayloadOwner,
): SerializationContext {
  return activityId === undefined
    ? { type: 'workflow', namespace, workflowId }
    : { type: 'activity', namespace, workflowId, activityId, isLocal: false }
}

/** @throws TypeError for what JSON cannot hold, such as a bigint */
function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}
