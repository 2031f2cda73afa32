import {
  ApplicationFailure,
  DefaultFailureConverter,
  type DataConverter,
  type FailureConverter,
  type PayloadConverter,
} from '@temporalio/common'
import {
  encodeErrorToFailure,
  loadDataConverter,
} from '@temporalio/common/lib/internal-non-workflow/index.js'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { temporal } from '@temporalio/proto'
import { describe, expect, test } from 'vitest'
import { xorCodec } from '../../fixtures/xor-codec.ts'
import { readByDefault } from '../history/closing-payload.ts'
import { historyEventSchema, type HistoryEvent } from '../history/event.ts'
import { decodeClosing, decodeFirstPayload, encodePayloads, type PayloadClient } from './payloads.ts'

function clientWith(converter: DataConverter, ...failures: FailureConverter[]): PayloadClient {
  const loaded = loadDataConverter(converter)
  const [failureConverter = loaded.failureConverter] = failures
  return {
    client: { options: { loadedDataConverter: { ...loaded, failureConverter } } },
    namespace: 'n',
  }
}

const plain = clientWith({})
const coded = clientWith({ payloadCodecs: [xorCodec] })
const owner = { workflowId: 'w' }
const value = { amount: 3, to: 'ana' }

test('arguments and heartbeats that a codec encoded are read through the codec alone', async () => {
  const payloads = await encodePayloads(coded, owner, [value, 'second'])
  expect(payloads).toHaveLength(2)
  expect(payloads.map(({ data }) => Buffer.from(data ?? []).toString()).join()).not.toContain('ana')
  expect(await decodeFirstPayload(coded, { ...owner, activityId: '1' }, payloads)).toEqual(value)
  await expect(decodeFirstPayload(plain, owner, payloads)).rejects.toThrow(/binary\/xor/)
})

test('without a codec the arguments are plain JSON', async () => {
  const payloads = await encodePayloads(plain, owner, [value])
  expect(payloads.map(({ data }) => Buffer.from(data ?? []).toString())).toEqual([JSON.stringify(value)])
  expect(await decodeFirstPayload(plain, owner, payloads)).toEqual(value)
})

test('no payload is no value', async () => {
  expect(await encodePayloads(coded, owner, [])).toEqual([])
  expect(await decodeFirstPayload(coded, owner, [])).toBeUndefined()
  expect(await decodeFirstPayload(coded, owner, null)).toBeUndefined()
})

test('converters are told whose payload it is', async () => {
  const contexts: unknown[] = []
  const seeing = clientWith({
    payloadCodecs: [{ ...xorCodec, encode: async (payloads, context) => (contexts.push(context), payloads) }],
  })
  await encodePayloads(seeing, owner, [1])
  expect(contexts).toEqual([{ type: 'workflow', namespace: 'n', workflowId: 'w' }])
})

describe('a closing event', () => {
  type Attributes = temporal.api.history.v1.IHistoryEvent
  /** As the harness stores it. */
  function stored(eventType: number, attributes: Attributes): HistoryEvent {
    const event = { eventId: 5, eventTime: { seconds: 1 }, taskId: 9, eventType, ...attributes }
    const history = temporal.api.history.v1.History.fromObject({ events: [event] })
    const { events } = JSON.parse(historyToJSON(history)) as { events: unknown[] }
    return historyEventSchema.parse(events[0])
  }
  const { EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, EVENT_TYPE_WORKFLOW_EXECUTION_FAILED } =
    temporal.api.enums.v1.EventType
  async function completedWith(client: PayloadClient, ...values: unknown[]) {
    const payloads = await encodePayloads(client, owner, values)
    const workflowExecutionCompletedEventAttributes = values.length === 0 ? {} : { result: { payloads } }
    return stored(EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, { workflowExecutionCompletedEventAttributes })
  }
  async function failedWith(client: PayloadClient, message: string) {
    const converter = client.client.options.loadedDataConverter
    const failure = await encodeErrorToFailure(converter, ApplicationFailure.nonRetryable(message))
    return stored(EVENT_TYPE_WORKFLOW_EXECUTION_FAILED, {
      workflowExecutionFailedEventAttributes: { failure },
    })
  }
  const hiding = new DefaultFailureConverter({ encodeCommonAttributes: true })

  test('tells the result through the codec, and nothing without it', async () => {
    const closing = await completedWith(coded, value)
    expect(await decodeClosing(coded, owner, closing)).toEqual({ kind: 'result', value })
    const unreadable = { kind: 'unreadable', why: expect.stringContaining('binary/xor') }
    expect(await decodeClosing(plain, owner, closing)).toEqual(unreadable)
    expect(readByDefault(closing)).toEqual(unreadable)
  })

  test('tells a plain result without a codec, and that there is none', async () => {
    const closing = await completedWith(plain, value)
    expect(readByDefault(closing)).toEqual({ kind: 'result', value })
    expect(await decodeClosing(plain, owner, closing)).toEqual({ kind: 'result', value })
    const nothing = await completedWith(coded)
    expect(await decodeClosing(coded, owner, nothing)).toEqual({ kind: 'result' })
    expect(readByDefault(nothing)).toEqual({ kind: 'result' })
  })

  test('tells the message of an encoded failure through the codec, and nothing without it', async () => {
    const closing = await failedWith(clientWith({ payloadCodecs: [xorCodec] }, hiding), 'no funds')
    expect(JSON.stringify(closing)).not.toContain('no funds')
    expect(await decodeClosing(coded, owner, closing)).toEqual({ kind: 'failure', message: 'no funds' })
    const unreadable = { kind: 'unreadable', why: expect.stringContaining('binary/xor') }
    expect(await decodeClosing(plain, owner, closing)).toEqual(unreadable)
    expect(readByDefault(closing)).toEqual(unreadable)
  })

  test('tells the message of a failure in plain sight, or encoded without a codec', async () => {
    const told = { kind: 'failure', message: 'no funds' }
    const inPlainSight = await failedWith(coded, 'no funds')
    expect(await decodeClosing(coded, owner, inPlainSight)).toEqual(told)
    expect(readByDefault(inPlainSight)).toEqual(told)
    const encoded = await failedWith(clientWith({}, hiding), 'no funds')
    expect(JSON.stringify(encoded)).not.toContain('no funds')
    expect(await decodeClosing(plain, owner, encoded)).toEqual(told)
    expect(readByDefault(encoded)).toEqual(told)
  })

  test('says so if its result is none that a record can hold', async () => {
    const closing = await completedWith(plain, 1)
    const loaded = plain.client.options.loadedDataConverter
    const payloadConverter: PayloadConverter = {
      toPayload: (one) => loaded.payloadConverter.toPayload(one),
      fromPayload: () => 1n as never,
    }
    const client = { options: { loadedDataConverter: { ...loaded, payloadConverter } } }
    expect(await decodeClosing({ client, namespace: 'n' }, owner, closing)).toMatchObject({
      kind: 'unreadable',
      why: expect.stringContaining('BigInt'),
    })
  })

  test('without a payload of its own tells nothing', async () => {
    const closing = stored(temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED, {})
    expect(await decodeClosing(coded, owner, closing)).toBeUndefined()
    expect(readByDefault(closing)).toBeUndefined()
  })
})
