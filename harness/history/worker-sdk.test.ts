import { expect, test } from 'vitest'
import { event } from '../../test/support/stored-record.ts'
import { workerSdkOf } from './worker-sdk.ts'

const completed = (id: number, sdkMetadata?: object) =>
  event(id, id * 100, 'WorkflowTaskCompleted', { scheduledEventId: String(id - 2), sdkMetadata })

test('is read where a worker wrote it, which is the first task that it completed', () => {
  const events = [
    event(1, 100, 'WorkflowTaskScheduled'),
    completed(3, { coreUsedFlags: [1], sdkName: 'temporal-python', sdkVersion: '1.35.0' }),
    completed(7, {}),
    completed(11),
  ]
  expect(workerSdkOf(events)).toEqual({ name: 'temporal-python', version: '1.35.0' })
})

test('of a worker that was upgraded, the new version stands beside the name that was not written again', () => {
  const events = [
    completed(3, { sdkName: 'temporal-go', sdkVersion: '1.47.0' }),
    completed(7, { sdkName: '', sdkVersion: '1.48.0' }),
  ]
  expect(workerSdkOf(events)).toEqual({ name: 'temporal-go', version: '1.48.0' })
})

test('is not known before a task is completed, or if no worker tells', () => {
  expect(workerSdkOf([event(1, 100, 'WorkflowTaskScheduled')])).toBeUndefined()
  expect(workerSdkOf([completed(3, { langUsedFlags: [2] })])).toBeUndefined()
})
