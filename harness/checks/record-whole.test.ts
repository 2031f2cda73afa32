import { expect, test } from 'vitest'
import { judged, onEvent, withHistory } from '../../test/support/judged-record.ts'
import { storedRecord, type StoredRecord } from '../../test/support/stored-record.ts'
import type { RunRecord } from '../record/record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { recordWhole } from './record-whole.ts'

type Change = (record: RunRecord) => RunRecord
type Kind = TimelineEntry['kind']

const records: readonly StoredRecord[] = [
  'a-day-was-skipped',
  'due-after-the-outage',
  'signals-after-a-restart',
  'the-worker-came-back-late',
]

test.each(records)('the record of a real run agrees with itself: %s', async (name) => {
  expect(judged(recordWhole, await storedRecord(name))).toEqual({ status: 'kept', findings: [] })
})

/** Changes a part of the record. */
const on =
  <K extends keyof RunRecord>(part: K, change: (value: RunRecord[K]) => RunRecord[K]): Change =>
  (record) => ({ ...record, [part]: change(record[part]) })
const without = <T>(values: T[], index: number) => values.filter((_, at) => at !== index)
const doubled = <T>(values: T[], index: number) =>
  values.toSpliced(index, 0, ...values.slice(index, index + 1))
const swapped = <T>(values: T[], index: number) =>
  values.toSpliced(index, 2, ...values.slice(index, index + 2).toReversed())
const headed = (change: Partial<RunRecord['header']>) => on('header', (header) => ({ ...header, ...change }))
const noEntries = (...kinds: Kind[]) =>
  on('timeline', (all) => all.filter(({ kind }) => !kinds.includes(kind)))
const noObservations = (gone: string) => on('observations', (all) => all.filter(({ kind }) => kind !== gone))
/** Changes the first entry of a kind. */
const entry = (kind: Kind, change: object) =>
  on('timeline', (all) => {
    const index = all.findIndex((one) => one.kind === kind)
    return all.with(index, { ...all[index], ...change } as TimelineEntry)
  })
const twice = (kind: Kind) =>
  on('timeline', (all) => doubled(all, all.findIndex((one) => one.kind === kind))) // prettier-ignore

const signals = 'signals-after-a-restart'

const damages: readonly [string, Change, RegExp][] = [
  [
    'another seed',
    headed({ seed: 7 }),
    /the seed of signal-after-restart #\d+ in campaign \d+ is \d+, not 7/,
  ],
  ['another campaign seed', headed({ campaignSeed: 7 }), /in campaign 7 is/],
  ['another scenario', headed({ scenario: 'other' }), /the seed of other/],
  ['another run', headed({ run: 99 }), /#99/],
  ['a budget without end', headed({ budgetMs: 1e308 }), /budget/],
  ['a budget of nothing', headed({ budgetMs: 0 }), /budget/],
  ['a deadline without end', headed({ deadlineMs: 1e308 }), /deadline/],
  ['another zero of the clock', headed({ wallAtZeroMs: 0 }), /its clock began at 1970/],
  ['captured events but the first of each run', on('captures', (all) => [...new Map(all.toReversed().map((one) => [one.runId, one])).values()]), /was not captured|never captured/], // prettier-ignore
  ['a captured event that is missing', on('captures', (all) => without(all, 30)), /gap or a double/],
  ['a captured event twice', on('captures', (all) => doubled(all, 30)), /gap or a double/],
  ['captured events from the future', on('captures', (all) => all.map((one) => ({ ...one, receivedAtMs: one.receivedAtMs - 5_000 }))), /captured before it happened/], // prettier-ignore
  ['no moments', noEntries('moment'), /waited for a moment and went on without it/],
  ['no probes', noEntries('probe'), /the probes .* were due/],
  ['one probe twice', twice('probe'), /were due/],
  ['no incarnations', noEntries('incarnation'), /should have been spawned|had not started/],
  ['no exits', noEntries('exited'), /should have been spawned, ready and exited/],
  ['an incarnation twice', twice('incarnation'), /should have been spawned/],
  ['another process id', entry('incarnation', { pid: 1 }), /has 2 process ids/],
  ['a negative clock error', on('observations', (all) => all.map((one) => (one.kind === 'clock' ? { ...one, errorMs: -1e308 } : one))), /a clock error/], // prettier-ignore
  ['no clock error', noObservations('clock'), /the clocks were compared 0 times/],
  ['no replays', noObservations('replay'), /nothing says whether run .* replays/],
  ['no histories', noObservations('history'), /nothing was read/],
  ['no resources', noObservations('resources'), /use of the machine/],
  ['the last event of a history twice', (record) => withHistory(record, (events) => doubled(events, events.length - 1)), /carries id|ended 2 times/], // prettier-ignore
  ['a lost event', (record) => withHistory(record, (events) => without(events, 3)), /event 4 carries id 5/],
  [
    'two swapped events',
    (record) => withHistory(record, (events) => swapped(events, 3)),
    /event 4 carries id 5/,
  ],
  ['the content of another event', (record) => withHistory(record, onEvent('EVENT_TYPE_TIMER_STARTED', (event) => ({ ...event, eventType: 'EVENT_TYPE_TIMER_FIRED' }))), /the content of another event/], // prettier-ignore
  ['a link to nothing', (record) => withHistory(record, onEvent('EVENT_TYPE_ACTIVITY_TASK_COMPLETED', (event) => ({ ...event, activityTaskCompletedEventAttributes: { startedEventId: '999' } }))), /refers to event 999/], // prettier-ignore
  [
    'a timeline that runs backwards',
    on('timeline', (all) => all.toReversed()),
    /is older than the one before it/,
  ],
  ['two swapped entries', on('timeline', (all) => swapped(all, 8)), /is older/],
  ['a step that is missing', on('timeline', (all) => without(all, all.findIndex(({ kind }) => kind === 'step'))), /step 1 carries number 2/], // prettier-ignore
  ['two ends', twice('ended'), /the scenario ended 2 times/],
  ['a fault without a confirmation', noEntries('fault-confirmed'), /was never confirmed/],
  ['a confirmation without its fault', noEntries('fault'), /confirmed before it was injected/],
  ['a fault with another number', entry('fault', { fault: 2 }), /fault 1 carries number 2/],
  ['a fault of a worker that never was', entry('fault', { target: { kind: 'worker', name: 'worker-9#1' } }), /worker worker-9#1 was started/], // prettier-ignore
  ['a workflow that nobody started', noEntries('workflow'), /nothing says that run .* was started/],
  ['a workflow that was started twice', twice('workflow'), /was started twice/],
  ['a workflow of another type', entry('workflow', { workflow: 'other' }), /was started as other/],
  ['a message without an answer', on('timeline', (all) => without(all, all.findIndex(({ kind }) => kind === 'answered'))), /has not one answer/], // prettier-ignore
  ['an answer without its message', on('timeline', (all) => without(all, all.findIndex(({ kind }) => kind === 'sent'))), /carries number|never sent/], // prettier-ignore
  ['a probe of another fault', entry('probe', { faultIndex: 7 }), /were due/],
  ['an effect of a workflow that nobody started', on('effects', (all) => all.map((one) => ({ ...one, workflowId: 'other' }))), /nothing says that other was started/], // prettier-ignore
  ['an effect of an incarnation that never was', on('effects', (all) => all.map((one) => ({ ...one, incarnation: 9 }))), /incarnation 9, which had not started/], // prettier-ignore
  [
    'an effect that is missing',
    on('effects', (all) => without(all, 1)),
    /line 2 of the effects carries number 3/,
  ],
  ['a first effect that is a repeat', on('effects', (all) => all.map((one) => ({ ...one, outcome: 'repeat' }))), /cannot be "repeat"/], // prettier-ignore
]

test.each(damages)('%s', async (_what, change, said) => {
  const { status, findings } = judged(recordWhole, change(await storedRecord(signals)))
  expect(status).toBe('broken')
  expect(findings.map(({ kind }) => kind)).not.toContain('safety')
  expect(findings.map(({ message }) => message)).toContainEqual(expect.stringMatching(said))
})

test('ten contradictions are told, and how many more there are', async () => {
  const { findings } = judged(
    recordWhole,
    on('captures', (all) => all.toReversed())(await storedRecord(signals)),
  )
  expect(findings).toHaveLength(11)
  expect(findings.at(-1)?.message).toMatch(/^and \d+ more contradictions in the record$/)
})

test('a run that did not come to its end may break off anywhere', async () => {
  const record = await storedRecord(signals)
  const error: TimelineEntry = {
    kind: 'error',
    atMs: 1,
    code: 'CHAOS_DEADLINE',
    errorKind: 'unmet',
    message: 'm',
  }
  const failed = { ...noEntries('probe')(record), timeline: [...record.timeline, error] }
  expect(judged(recordWhole, failed)).toMatchObject({
    status: 'not-checked',
    why: 'the run did not come to its end: CHAOS_DEADLINE',
  })
  expect(judged(recordWhole, noEntries('ended')(record)).status).toBe('not-checked')
})

test('a choice that the seed does not draw', async () => {
  const record = await storedRecord('the-worker-came-back-late')
  const { findings } = judged(recordWhole, entry('choice', { value: 'other', drawn: undefined })(record))
  expect(findings).toMatchObject([{ message: expect.stringMatching(/the seed does not draw "other" for /) }])
})

test('entries that the end counted and that are not there', async () => {
  const record = await storedRecord('the-worker-came-back-late')
  const before = record.timeline.slice(
    0,
    record.timeline.findIndex(({ kind }) => kind === 'ended'),
  )
  const entries = Object.fromEntries(
    [...Map.groupBy(before, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]),
  )
  const counted = entry('ended', { entries })(record)
  expect(judged(recordWhole, counted).status).toBe('kept')
  const { findings } = judged(recordWhole, noEntries('choice')(counted))
  expect(findings.map(({ message }) => message)).toEqual([
    'the record contradicts itself: there are 0 entries of the kind "choice", and 1 were made',
  ])
})

test('a moment that came and went was not left out', async () => {
  const record = await storedRecord(signals)
  const passed = record.timeline.map((one): TimelineEntry =>
    one.kind === 'moment' ? { ...one, kind: 'moment-passed', eventId: one.eventId ?? '1', tookMs: 3 } : one,
  )
  expect(judged(recordWhole, { ...record, timeline: passed }).status).toBe('kept')
})
