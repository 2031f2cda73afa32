import { describe, expect, test } from 'vitest'
import { event, killed, recordOf, storedRecord } from '../../fixtures/stored-record.ts'
import { eventAttributes, type HistoryEvent } from '../history/event.ts'
import { finalHistory, type RunRecord } from '../record/record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import type { Outcome } from '../record/timeline/outcome.ts'
import { analyse } from '../analysis/analyse.ts'
import type { NamedFinding } from '../result/check-result.ts'
import { completed, failed } from '../scenario/workload.ts'
import { defaultChecks } from './catalogue.ts'
import { result } from './result.ts'
import type { ObservationEntry } from '../record/observation.ts'

function findingsOf(record: RunRecord): Pick<NamedFinding, 'check' | 'kind' | 'message'>[] {
  const analysis = analyse(record)
  return defaultChecks.flatMap((check) =>
    check.judge(analysis).findings.map(({ kind, message }) => ({ check: check.name, kind, message })),
  )
}

/** The record with every final history put through `change`. */
function withHistory(record: RunRecord, change: (events: HistoryEvent[]) => HistoryEvent[]): RunRecord {
  const changed = (one: ObservationEntry): ObservationEntry =>
    one.kind === 'history' ? { ...one, events: change(one.events) } : one
  return { ...record, observations: record.observations.map(changed) }
}

const onEvent = (type: string, change: (event: HistoryEvent) => HistoryEvent) => (events: HistoryEvent[]) =>
  events.map((one) => (one.eventType === type ? change(one) : one))

describe('stored records of real runs', () => {
  test.each(['due-after-the-outage', 'due-during-the-outage'] as const)(
    'nothing is wrong with %s',
    async (name) => {
      expect(findingsOf(await storedRecord(name))).toEqual([])
    },
  )
})

describe('effects', () => {
  test('lost, duplicated and phantom are told apart', async () => {
    const record = await storedRecord('due-after-the-outage')
    const [before, after] = record.effects
    if (before === undefined || after === undefined) throw new Error('two effects expected')
    const check = (effects: typeof record.effects) => findingsOf({ ...record, effects })
    expect(check([before])).toEqual([
      {
        check: 'effects',
        kind: 'safety',
        message: expect.stringMatching(/^lost: the ledger never accepted .*after-sleep$/),
      },
    ])
    expect(check([before, after, { ...after, sequence: 3, incarnation: 1 }])).toEqual([
      {
        check: 'effects',
        kind: 'safety',
        message: expect.stringMatching(/^duplicated: .*after-sleep 2 times .*incarnation 1/),
      },
    ])
    expect(check([before, after, { ...after, sequence: 3, key: 'refund' }])).toEqual([
      {
        check: 'effects',
        kind: 'safety',
        message: expect.stringMatching(/^phantom: nothing asked for refund/),
      },
    ])
    expect(check([before, { ...after, sequence: 3 }])).toEqual([
      {
        check: 'effects',
        kind: 'safety',
        message: expect.stringMatching(/^line 2 of the effects carries number 3/),
      },
    ])
  })

  test('what another activity, or the same attempt, asks for again was only kept from happening by the ledger', async () => {
    const record = await storedRecord('due-after-the-outage')
    const [before, after] = record.effects
    if (before === undefined || after === undefined) throw new Error('two effects expected')
    const repeat = { ...after, sequence: 3, outcome: 'repeat' as const }
    for (const again of [
      repeat,
      { ...repeat, activityId: '77' },
      { ...repeat, runId: 'other', attempt: 2 },
    ]) {
      expect(findingsOf({ ...record, effects: [before, after, again] })).toEqual([
        {
          check: 'effects',
          kind: 'safety',
          message: expect.stringMatching(/^duplicated: .*after-sleep was asked for by/),
        },
      ])
    }
  })

  test('a repeat is allowed: an activity runs at least once', async () => {
    const record = await storedRecord('due-after-the-outage')
    const [before, after] = record.effects
    if (before === undefined || after === undefined) throw new Error('two effects expected')
    const repeat = { ...after, sequence: 3, attempt: 2, outcome: 'repeat' as const }
    expect(findingsOf({ ...record, effects: [before, after, repeat] })).toEqual([])
  })
})

describe('history', () => {
  test('an event that was stored and is gone', async () => {
    const record = withHistory(await storedRecord('due-after-the-outage'), (events) =>
      events.filter(({ eventId }) => eventId !== '7'),
    )
    expect(findingsOf(record)).toContainEqual({
      check: 'history-prefix',
      kind: 'safety',
      message: expect.stringMatching(/^event 7 \w+ of .* was stored and is gone$/),
    })
  })

  test('an event that was stored and is now another', async () => {
    const record = withHistory(
      await storedRecord('due-after-the-outage'),
      onEvent('EVENT_TYPE_TIMER_STARTED', (one) => ({
        ...one,
        timerStartedEventAttributes: { ...eventAttributes(one), startToFireTimeout: '2s' },
      })),
    )
    expect(findingsOf(record)).toEqual([
      {
        check: 'history-prefix',
        kind: 'safety',
        message: expect.stringMatching(/TimerStarted .* is now another/),
      },
    ])
  })

  test('transient workflow task events at the end were never stored', async () => {
    const record = await storedRecord('due-after-the-outage')
    const [first] = record.captures
    if (first === undefined) throw new Error('captures expected')
    const { taskId: _, ...transient } = event(99, 1, 'WorkflowTaskScheduled', { attempt: 2 })
    const captures = [...record.captures, { ...first, event: transient }]
    expect(findingsOf({ ...record, captures })).toEqual([])
  })

  test('a timer that fired early', async () => {
    const record = withHistory(
      await storedRecord('due-after-the-outage'),
      onEvent('EVENT_TYPE_TIMER_FIRED', (one) => ({
        ...one,
        eventTime: new Date(Date.parse(one.eventTime) - 1_000).toISOString(),
      })),
    )
    expect(findingsOf(record)).toContainEqual({
      check: 'timer-early',
      kind: 'safety',
      message: expect.stringMatching(/^timer 1 of .* fired [\d.]+ ms early$/),
    })
  })

  test('a history that does not replay, and one that was not replayed', async () => {
    const record = await storedRecord('due-after-the-outage')
    const replays = (error: string | null) =>
      record.observations.map((one) => (one.kind === 'replay' ? { ...one, error } : one))
    expect(findingsOf({ ...record, observations: replays('nondeterminism') })).toEqual([
      { check: 'replay', kind: 'safety', message: expect.stringMatching(/does not replay: nondeterminism$/) },
    ])
    const none = record.observations.filter(({ kind }) => kind !== 'replay')
    expect(findingsOf({ ...record, observations: none })).toEqual([
      { check: 'replay', kind: 'harness', message: expect.stringMatching(/was not replayed$/) },
    ])
  })
})

describe('a panic in the server’s log', () => {
  const panic = { kind: 'panic', service: 'temporal-server', message: 'nil pointer' } as const
  test.each([
    [1, 'temporal-server panicked, by its log: nil pointer'],
    [3, 'temporal-server panicked 3 times, by its log: nil pointer'],
  ])('%i times: the server’s promise is broken, though it lives on', async (times, message) => {
    const record = await storedRecord('due-after-the-outage')
    const observations = [...record.observations, { ...panic, times }]
    expect(findingsOf({ ...record, observations })).toEqual([
      { check: 'server-panics', kind: 'safety', message },
    ])
  })
})

describe('result', () => {
  test('another result than without faults', async () => {
    const record = await storedRecord('due-after-the-outage')
    const timeline = record.timeline.map((entry) =>
      entry.kind === 'workflow' && entry.golden !== null
        ? { ...entry, golden: { ...entry.golden, outcomes: [completed('another')] } }
        : entry,
    )
    expect(findingsOf({ ...record, timeline })).toEqual([
      {
        check: 'result',
        kind: 'safety',
        message: expect.stringMatching(/ came to \{.*\}, not \{.*"another"\}$/),
      },
    ])
  })

  test('a workflow that failed where it should complete', () => {
    const failed = event(9, 3_000, 'WorkflowExecutionFailed', { failure: { message: 'no funds' } })
    const found = findingsOf(recordOf([failed], killed(1_000, 1_600)))
    expect(found).toContainEqual({
      check: 'result',
      kind: 'safety',
      message: 'w came to {"status":"failed","message":"no funds"}, not {"status":"completed"}',
    })
  })
})

describe('outcomes', () => {
  const ended = event(9, 3_000, 'WorkflowExecutionFailed', { failure: { message: 'no funds' } })
  const resultsOf = (timeline: readonly TimelineEntry[], history: HistoryEvent[] = [ended]) =>
    findingsOf(recordOf(history, [...killed(1_000, 1_600), ...timeline])).filter(
      ({ check }) => check === 'result',
    )
  const expected = (...outcomes: Outcome[]): TimelineEntry[] => [
    { kind: 'expected', atMs: 2_000, workflowId: 'w', runId: 'r', outcomes },
  ]

  test('a failure by its own logic is fine where the scenario says so', () => {
    expect(resultsOf(expected(failed('no funds')))).toEqual([])
    expect(resultsOf(expected(failed('no stock')))).toHaveLength(1)
  })

  test('any one of several will do', () => {
    expect(resultsOf(expected(completed(1), failed('no funds')))).toEqual([])
  })

  test('nobody said what it must come to: not checked, never passed', () => {
    const record = recordOf([ended], [...killed(1_000, 1_600), ...expected()])
    expect(result.judge(analyse(record))).toEqual({
      status: 'not-checked',
      findings: [],
      why: 'nobody said what w must come to',
    })
  })

  test('the last run of a chain is what counts, and a chain that goes on elsewhere is not closed', () => {
    const next = event(9, 3_000, 'WorkflowExecutionContinuedAsNew', { newExecutionRunId: 'r2' })
    const record = recordOf([next], killed(1_000, 1_600))
    const second = { workflowId: 'w', runId: 'r2' }
    const done = [event(1, 4_000, 'WorkflowExecutionCompleted', {})]
    const all = {
      ...record,
      observations: [...record.observations, { kind: 'history', ...second, events: done }],
    }
    const ofResult = (of: RunRecord) => findingsOf(of).filter(({ check }) => check === 'result')
    expect(ofResult(record)).toEqual([])
    expect(ofResult(all as RunRecord)).toEqual([])
    const timeline = [...record.timeline, ...expected(completed('more'))]
    expect(ofResult({ ...all, timeline } as RunRecord)).toHaveLength(1)
  })
})

describe('assumptions', () => {
  test('a run without a fault has put nothing to the proof', async () => {
    const record = await storedRecord('due-after-the-outage')
    const timeline = record.timeline.filter(({ kind }) => kind !== 'fault' && kind !== 'fault-confirmed')
    expect(findingsOf({ ...record, timeline })).toEqual([
      { check: 'fault-proven', kind: 'assumption', message: 'no fault was injected' },
    ])
  })

  test('a kill whose exit was not observed', async () => {
    const record = await storedRecord('due-after-the-outage')
    const timeline = record.timeline.filter((entry) => entry.kind !== 'exited' || entry.incarnation !== 1)
    expect(findingsOf({ ...record, timeline })).toEqual([
      {
        check: 'fault-proven',
        kind: 'assumption',
        message: expect.stringMatching(/its exit was not observed$/),
      },
    ])
  })

  test('a strike after the moment had passed', async () => {
    const record = await storedRecord('due-after-the-outage')
    const late = record.timeline.map((entry) =>
      entry.kind === 'fault' || entry.kind === 'fault-confirmed' || entry.kind === 'exited'
        ? { ...entry, atMs: entry.atMs + 20_000 }
        : entry,
    )
    expect(findingsOf({ ...record, timeline: late })).toContainEqual({
      check: 'moment-held',
      kind: 'assumption',
      message: expect.stringMatching(/^kill-worker struck too late: TimerFired was \d+ ms before$/),
    })
  })

  test('a second strike after all was done', async () => {
    const record = await storedRecord('due-after-the-outage')
    const again = record.timeline.flatMap((entry): TimelineEntry[] => {
      const atMs = entry.atMs + 20_000
      if (entry.kind === 'fault')
        return [entry, { ...entry, atMs, fault: 2, target: { kind: 'worker', name: 'worker-1#2' } }]
      if (entry.kind === 'fault-confirmed') return [entry, { ...entry, atMs, fault: 2 }]
      return [entry]
    })
    expect(findingsOf({ ...record, timeline: again })).toContainEqual({
      check: 'work-open',
      kind: 'assumption',
      message: 'nothing was owed to any workflow when kill-worker on worker-1#2 was injected',
    })
  })

  test('a strike while nothing was owed', () => {
    const found = findingsOf(recordOf([event(1, 1, 'WorkflowExecutionStarted')], killed(1_000, 1_600)))
    expect(found).toContainEqual({
      check: 'work-open',
      kind: 'assumption',
      message: 'nothing was owed to any workflow when kill-worker on worker-1#1 was injected',
    })
  })
})

describe('what a scenario claims to last', () => {
  test.each([
    ['while the timer runs', 100, []],
    [
      'after it has fired',
      20_000,
      [
        {
          check: 'moment-held',
          kind: 'assumption',
          message: expect.stringMatching(/, still: TimerFired was \d+ ms before$/),
        },
      ],
    ],
  ])('%s', async (_, afterMs, expected) => {
    const record = await storedRecord('due-after-the-outage')
    const timeline = record.timeline.flatMap((entry): TimelineEntry[] =>
      entry.kind === 'moment'
        ? [entry, { ...entry, kind: 'held' as const, atMs: entry.atMs + afterMs }]
        : [entry],
    )
    expect(findingsOf({ ...record, timeline })).toEqual(expected)
  })
})

describe('liveness and the harness', () => {
  test('a worker that ended by itself, though nobody waited for it', async () => {
    const record = await storedRecord('due-after-the-outage')
    const ended = record.timeline.findIndex(({ kind }) => kind === 'ended')
    const crash: TimelineEntry = {
      kind: 'exited',
      atMs: record.timeline[ended]?.atMs ?? 0,
      worker: 'worker-1',
      incarnation: 2,
      identity: 'worker-1#2',
      pid: 1,
      exit: { code: null, signal: 'SIGSEGV' },
      planned: false,
    }
    const timeline = record.timeline.toSpliced(ended, 0, crash)
    expect(findingsOf({ ...record, timeline })).toEqual([
      { check: 'harness-health', kind: 'harness', message: 'worker worker-1#2 ended by itself: SIGSEGV' },
    ])
  })

  test('a wall clock that was set during the run', async () => {
    const record = await storedRecord('due-after-the-outage')
    const observations = record.observations.map((one) =>
      one.kind === 'clock' ? { ...one, errorMs: 10_000 } : one,
    )
    expect(findingsOf({ ...record, observations })).toEqual([
      {
        check: 'clock',
        kind: 'harness',
        message: expect.stringMatching(/^the wall clock moved by 10000 ms/),
      },
    ])
  })

  test('a history of which nothing was captured', async () => {
    const record = await storedRecord('due-after-the-outage')
    expect(findingsOf({ ...record, captures: [] })).toEqual([
      {
        check: 'history-prefix',
        kind: 'harness',
        message: expect.stringMatching(/its prefix was not checked$/),
      },
    ])
  })

  test('recovery over the budget names what it waited for', async () => {
    const record = await storedRecord('due-after-the-outage')
    const found = findingsOf({ ...record, header: { ...record.header, budgetMs: 1 } })
    expect(found).toEqual([
      {
        check: 'recovery',
        kind: 'liveness',
        message: expect.stringMatching(
          /^timer 1 of .* recovered in 1\.68 s, over the budget of 1 ms: .*\(stickyQueueScheduleToStartTimeout\)/,
        ),
      },
    ])
  })

  test('a workflow that is still open says what it is pending on', () => {
    const open = [event(1, 0, 'WorkflowTaskScheduled')]
    const found = findingsOf(recordOf(open, killed(1_000)))
    expect(found).toContainEqual({
      check: 'completed',
      kind: 'liveness',
      message:
        'w is still open; pending because no worker took its workflow task: WorkflowTaskScheduled (event 1) was 60.0 s ago',
    })
    expect(found).toContainEqual({
      check: 'recovery',
      kind: 'liveness',
      message: 'workflow task 1 of w was owed when kill-worker struck and was never settled',
    })
  })

  test('what the harness put on the timeline keeps its kind', async () => {
    const record = await storedRecord('due-after-the-outage')
    const error = {
      kind: 'error',
      atMs: 1,
      code: 'CHAOS_SERVICE_DIED',
      errorKind: 'harness',
      message: 'gone',
    } as const
    expect(findingsOf({ ...record, timeline: [...record.timeline, error] })).toEqual([
      { check: 'reported-errors', kind: 'harness', message: 'gone' },
    ])
  })

  test('a record that breaks off', async () => {
    const record = await storedRecord('due-after-the-outage')
    const timeline = record.timeline.filter(({ kind }) => kind !== 'ended')
    expect(findingsOf({ ...record, timeline })).toEqual([
      {
        check: 'harness-health',
        kind: 'harness',
        message: 'the record breaks off before the end of the run',
      },
    ])
  })

  test('a history that could not be read', async () => {
    const record = withHistory(await storedRecord('due-after-the-outage'), () => [])
    expect(finalHistory(record, record.captures[0]?.runId ?? '')).toEqual([])
    expect(findingsOf(record)).toContainEqual({
      check: 'completed',
      kind: 'harness',
      message: expect.stringMatching(/^the history of .* could not be read/),
    })
  })
})
