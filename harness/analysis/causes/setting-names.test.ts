import { describe, expect, test } from 'vitest'
import { begunBy, obligationsOf } from '../../../test/support/analysed-record.ts'
import { event, killed, recordOf } from '../../../test/support/stored-record.ts'
import { settingIn } from './setting-names.ts'

/** A signal whose workflow task waits in the dead worker's sticky queue. */
function signalled(sdkName: string) {
  return [
    ...begunBy(sdkName),
    event(4, 1_500, 'WorkflowExecutionSignaled', { signalName: 'approve' }),
    event(5, 1_500, 'WorkflowTaskScheduled'),
    event(6, 11_500, 'WorkflowTaskTimedOut', {
      scheduledEventId: '5',
      timeoutType: 'TIMEOUT_TYPE_SCHEDULE_TO_START',
    }),
    event(7, 11_500, 'WorkflowTaskScheduled'),
    event(8, 11_510, 'WorkflowTaskStarted', { scheduledEventId: '7', identity: 'worker-1#2' }),
    event(9, 11_530, 'WorkflowTaskCompleted', { scheduledEventId: '7', startedEventId: '8' }),
  ]
}

describe('a cause names its setting as the SDK of the worker spells it', () => {
  test.for([
    ['temporal-typescript', 'stickyQueueScheduleToStartTimeout'],
    ['temporal-python', 'Worker(sticky_queue_schedule_to_start_timeout=…)'],
    ['temporal-go', 'worker.Options.StickyScheduleToStartTimeout'],
    ['temporal-java', 'WorkerOptions.setStickyQueueScheduleToStartTimeout'],
    ['temporal-dotnet', 'TemporalWorkerOptions.StickyQueueScheduleToStartTimeout'],
    ['temporal-ruby', 'Worker.new(sticky_queue_schedule_to_start_timeout: …)'],
    ['temporal-of-nobody', 'StickyExecutionAttributes.schedule_to_start_timeout'],
  ] as const)('%s', ([sdk, setting]) => {
    expect(obligationsOf(recordOf(signalled(sdk), killed(1_400, 2_000)))).toMatchObject([
      { kind: 'signal', cause: { name: 'sticky schedule-to-start timeout', setting } },
    ])
  })
})

describe('the setting for slots is one of the workers on the queue of the activity', () => {
  const full = (name: string) => {
    const asked = { activityType: { name: 'pay' }, taskQueue: { name } }
    return [
      event(0, 800, 'WorkflowExecutionStarted', { taskQueue: { name: 'orders' } }),
      ...begunBy('temporal-go'),
      event(4, 1_000, 'ActivityTaskScheduled', { activityId: '1', ...asked }),
      event(5, 1_000, 'ActivityTaskScheduled', { activityId: '2', ...asked }),
      event(6, 2_500, 'ActivityTaskStarted', { scheduledEventId: '4', identity: 'worker-1#2' }),
      event(7, 5_000, 'ActivityTaskCompleted', { scheduledEventId: '4', startedEventId: '6' }),
      event(8, 5_010, 'ActivityTaskStarted', { scheduledEventId: '5', identity: 'worker-1#2' }),
      event(9, 6_000, 'ActivityTaskCompleted', { scheduledEventId: '5', startedEventId: '8' }),
      event(10, 6_000, 'WorkflowTaskScheduled'),
      event(11, 6_000, 'WorkflowTaskStarted', { scheduledEventId: '10', identity: 'worker-1#2' }),
      event(12, 6_001, 'WorkflowTaskCompleted', { scheduledEventId: '10', startedEventId: '11' }),
    ]
  }

  test.for([
    ['the same queue', 'orders'],
    ['a queue that no workflow uses, if all workers seen have one SDK', 'payments'],
  ] as const)('%s', ([, queue]) => {
    const record = recordOf(full(queue), killed(2_000, 2_500))
    expect(obligationsOf(record).find(({ subject }) => subject === 'activity 2 pay')?.cause).toMatchObject({
      name: 'no free activity slot',
      setting: 'worker.Options.MaxConcurrentActivityExecutionSize',
    })
  })
})

test('a setting of the server keeps its name, whatever the SDK', () => {
  expect(settingIn('temporal-go', 'history.timerProcessorMaxTimeShift')).toBe(
    'history.timerProcessorMaxTimeShift',
  )
})

test('without a known SDK each setting has the name of Temporal’s API', () => {
  expect(settingIn(undefined, 'retry.maximumInterval')).toBe('RetryPolicy.maximum_interval')
})
