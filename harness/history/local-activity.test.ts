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

test('a marker that a codec hides tells nothing', () => {
  const hidden = marker(1, 'LocalActivity', { data: encoded({ ActivityID: '7' }, 'binary/encrypted') })
  expect(localActivitiesOf([hidden])).toEqual({ ids: new Set(), hasUnreadable: true })
})
