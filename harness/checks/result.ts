// Every workflow must come to what it comes to without faults.
import { isDeepStrictEqual } from 'node:util'
import { defaultPayloadConverter } from '@temporalio/common'
import { JSONToPayload, type JSONPayload } from '@temporalio/common/lib/proto-utils.js'
import { eventAttributes, eventName, isClosing, type HistoryEvent } from '../record/history-event.ts'
import { finalHistory } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { findings, type Check } from './check.ts'

const name = 'result'

export const result: Check = {
  name,
  find(record) {
    const messages = entriesOf(record.timeline, 'workflow').flatMap(({ workflowId, runId, golden }) => {
      const closing = finalHistory(record, runId).find(isClosing)
      if (closing === undefined) return []
      if (closing.eventType !== 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED') {
        return [`${workflowId} ended with ${eventName(closing)}: ${JSON.stringify(eventAttributes(closing))}`]
      }
      const actual = resultOf(closing)
      if (isDeepStrictEqual(actual, golden.result)) return []
      return [`${workflowId} returned ${JSON.stringify(actual)}, not ${JSON.stringify(golden.result)}`]
    })
    return findings(name, 'safety', messages)
  },
}

function resultOf(completed: HistoryEvent): unknown {
  const attribute = eventAttributes(completed).result
  const payloads =
    typeof attribute === 'object' && attribute !== null && 'payloads' in attribute
      ? attribute.payloads
      : undefined
  if (!Array.isArray(payloads) || payloads.length === 0) return undefined
  return defaultPayloadConverter.fromPayload(JSONToPayload(payloads[0] as JSONPayload))
}
