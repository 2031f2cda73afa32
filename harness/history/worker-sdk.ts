// The SDK of the workers that ran a workflow. Each worker writes it into the workflow tasks that it completes.
import { textAttribute, type HistoryEvent } from './event.ts'

export interface WorkerSdk {
  /** As the SDK calls itself: `temporal-typescript`, `temporal-python`, `temporal-go`. */
  readonly name: string
  /** Empty if the SDK does not tell. */
  readonly version: string
}

/** The last one seen; undefined if no worker told. An SDK writes name and version only if they have changed. */
export function workerSdkOf(events: readonly HistoryEvent[]): WorkerSdk | undefined {
  const completed = events.filter(({ eventType }) => eventType === 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED')
  const name = lastOf(completed, 'sdkName')
  return name === undefined ? undefined : { name, version: lastOf(completed, 'sdkVersion') ?? '' }
}

function lastOf(completed: readonly HistoryEvent[], field: string): string | undefined {
  return completed
    .map((event) => textAttribute(event, 'sdkMetadata', field))
    .findLast((text) => text !== undefined && text !== '')
}
