import { expect, test } from 'vitest'
import { event } from '../../test/support/stored-record.ts'
import { localActivity } from '../../test/support/effect-record.ts'
import { localActivitiesOf } from './local-activity.ts'

const encoded = (value: unknown, encoding = 'json/plain') => ({
  payloads: [{ metadata: { encoding: btoa(encoding) }, data: btoa(JSON.stringify(value)) }],
})
const marker = (id: number, markerName: string, details: object) =>
  event(id, id, 'MarkerRecorded', { markerName, details })

test('local activities are known by their markers, in the form of each SDK', () => {
  const history = [
    localActivity(1, 100),
    marker(2, 'LocalActivity', { data: encoded({ ActivityID: '7', ActivityType: 'charge' }) }),
    marker(3, 'LocalActivity', { activityId: encoded('8'), type: encoded('charge') }),
    marker(4, 'Version', { data: encoded({ activity_id: '9' }) }),
    event(5, 500, 'ActivityTaskScheduled', { activityId: '10' }),
  ]
  expect(localActivitiesOf(history)).toEqual({ ids: new Set(['1', '7', '8']), hasUnreadable: false })
})

test('the marker of a real run, by the TypeScript SDK', () => {
  // {"seq":1,"attempt":1,"activity_id":"1","activity_type":"actThenLinger","complete_time":…}
  const data =
    'eyJzZXEiOjEsImF0dGVtcHQiOjEsImFjdGl2aXR5X2lkIjoiMSIsImFjdGl2aXR5X3R5cGUiOiJhY3RUaGVuTGluZ2VyIiwiY29tcGxldGVf' +
    'dGltZSI6eyJzZWNvbmRzIjoxNzk1ODkxMDE0LCJuYW5vcyI6ODgyMzIxNjI3fSwiYmFja29mZiI6bnVsbCwib3JpZ2luYWxfc2NoZWR1bGVf' +
    'dGltZSI6eyJzZWNvbmRzIjoxNzk1ODkxMDEzLCJuYW5vcyI6NjcxNjAwNzIwfX0='
  const payloads = [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data }]
  expect(localActivitiesOf([marker(8, 'core_local_activity', { data: { payloads } })]).ids).toEqual(
    new Set(['1']),
  )
})

test('a marker that a codec hides tells nothing', () => {
  const hidden = marker(1, 'LocalActivity', { data: encoded({ ActivityID: '7' }, 'binary/encrypted') })
  expect(localActivitiesOf([hidden])).toEqual({ ids: new Set(), hasUnreadable: true })
})
