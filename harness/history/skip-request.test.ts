import { expect, test } from 'vitest'
import { event, skipRequest } from '../../test/support/stored-record.ts'
import { skipRequestsOf } from './skip-request.ts'

const endless = { timeSkippingConfig: { enabled: true, maxSessionSkipCount: 200 } }

test('a request has the name and the length that the client gave it', () => {
  const request = skipRequest(2, 10, 1_500)
  expect(skipRequestsOf([event(1, 0, 'WorkflowExecutionStarted'), request])).toEqual([
    { event: request, id: 'skip-2', durationMs: 1_500 },
  ])
})

test('the server stores a request that is reached at once without the field enabled', () => {
  const fastForwardConfig = { id: 'x', duration: '3600s' }
  const reached = event(1, 0, 'WorkflowExecutionOptionsUpdated', {
    timeSkippingConfig: { fastForwardConfig },
  })
  expect(skipRequestsOf([reached])).toEqual([{ event: reached, id: 'x', durationMs: 3_600_000 }])
})

test('a request at the start may have no end', () => {
  const started = event(1, 0, 'WorkflowExecutionStarted', endless)
  expect(skipRequestsOf([started])).toEqual([{ event: started, id: undefined, durationMs: Infinity }])
})

test('a continued run, other options, and an end of skipping request nothing', () => {
  const continued = { ...endless, continuedExecutionRunId: 'before' }
  expect(
    skipRequestsOf([
      event(1, 0, 'WorkflowExecutionStarted', continued),
      event(2, 0, 'WorkflowExecutionOptionsUpdated', { priority: {} }),
      event(3, 0, 'WorkflowExecutionOptionsUpdated', { timeSkippingConfig: { maxSessionSkipCount: 200 } }),
    ]),
  ).toEqual([])
})
