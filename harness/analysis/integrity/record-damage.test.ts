import { expect, test } from 'vitest'
import { storedRecord } from '../../../test/support/stored-record.ts'
import { eventTimeMs } from '../../history/event.ts'
import { messageIdOf } from '../../history/message-id.ts'
import type { ObservationEntry } from '../../record/observation.ts'
import { observationsOf, type RunRecord } from '../../record/record.ts'
import { entriesOf, type TimelineEntry } from '../../record/timeline.ts'
import { alignedHistories } from '../aligned-history.ts'
import { contradictionsIn } from './record-damage.ts'

/** A stored record with what today's runs observe besides. */
async function whole(): Promise<RunRecord> {
  const record = await storedRecord('signals-after-a-restart')
  const executions = observationsOf(record, 'history').flatMap(({ workflowId, runId, events: [first] }) =>
    (['describe', 'list'] as const).map((source): ObservationEntry => {
      const startedWallMs = first === undefined ? 0 : eventTimeMs(first)
      return {
        kind: 'execution',
        source,
        workflowId,
        runId,
        status: 'COMPLETED',
        startedWallMs,
        memo: {},
        searchAttributes: {},
      }
    }),
  )
  const stored = observationsOf(record, 'history').map(({ workflowId, runId, events }): ObservationEntry => {
    const batch = (firstEventId: number, lastEventId: number | null) => {
      return { firstEventId, lastEventId, transaction: String(firstEventId), previous: '0' }
    }
    return {
      kind: 'stored-run',
      workflowId,
      runId,
      recordVersion: 9,
      nextEventId: events.length + 1,
      isRunning: false,
      expires: false,
      skipsTime: false,
      isVersioned: false,
      batches: [batch(1, null), batch(3, events.length)],
      timers: [],
      activities: [],
      tasks: [],
      deadLetters: [],
    }
  })
  const ready = entriesOf(record.timeline, 'incarnation').findLast(({ phase }) => phase === 'ready')
  const pollers = [
    { identity: 'a-poller', lastAccessWallMs: record.header.wallAtZeroMs + (ready?.atMs ?? 0) },
  ]
  const observations: ObservationEntry[] = [
    { kind: 'settings', when: 'start', settings: {} },
    ...record.observations.filter(({ kind }) => kind !== 'clock'),
    { kind: 'machine', cores: 2 },
    { kind: 'pollers', queue: 'q', polls: 'workflow', pollers },
    { kind: 'pollers', queue: 'q', polls: 'activity', pollers },
    { kind: 'settings', when: 'end', settings: {} },
    ...executions,
    ...stored,
    { kind: 'visibility', tookMs: 50, withinMs: 10_000 },
  ]
  const counts = Object.entries(Object.groupBy(observations, ({ kind }) => kind)).map(([kind, all]) => [
    kind,
    all.length,
  ])
  const written = { captures: record.captures.length, observations: Object.fromEntries(counts) }
  const endMs = record.timeline.findLast(({ kind }) => kind === 'ended')?.atMs ?? 0
  const asked: TimelineEntry[] = [
    { kind: 'still-polling', atMs: endMs, identity: ready?.identity ?? '', answered: true },
    { kind: 'still-working', atMs: endMs, queue: 'q', askedMs: endMs - 1, answered: true },
    { kind: 'healing', atMs: endMs, fault: 1 },
  ]
  return {
    ...record,
    timeline: record.timeline
      .flatMap((entry) => (entry.kind === 'ended' ? [...asked, { ...entry, entries: undefined }] : [entry]))
      .map((entry) =>
        entry.kind === 'incarnation' && entry.phase === 'ready'
          ? {
              ...entry,
              identities: [entry === ready ? 'a-poller' : 'another'],
              taskQueues: [{ name: 'q', polls: ['workflow' as const, 'activity' as const] }],
            }
          : entry,
      ),
    effects: record.effects.map((effect) => ({ ...effect, worker: 'worker-1' })),
    observations: [...observations, { kind: 'clock', errorMs: 1, written }],
  }
}

function damageOf(record: RunRecord): string[] {
  return contradictionsIn(record, alignedHistories(record))
}

test('what a record says of itself in several places is the same', async () => {
  expect(damageOf(await whole())).toEqual([])
})

type Change = (record: RunRecord) => RunRecord
type Kind = ObservationEntry['kind']

const isOf = (kind: string) => (one: { kind: string }) => one.kind === kind
const observed =
  (change: (all: ObservationEntry[]) => ObservationEntry[]): Change =>
  (record) => ({ ...record, observations: change(record.observations) })
/** Changes the first one of a kind. */
const one = (kind: Kind, change: object) =>
  observed((all) => {
    const at = all.findIndex(isOf(kind))
    return all.with(at, { ...all[at], ...change } as ObservationEntry)
  })
const dropped = (kind: Kind) => observed((all) => all.toSpliced(all.findIndex(isOf(kind)), 1))
const doubled = (kind: Kind) =>
  observed((all) => {
    const at = all.findIndex(isOf(kind))
    return all.toSpliced(at, 0, ...all.slice(at, at + 1))
  })
/** As an older harness wrote it, which did not count. */
const uncounted =
  (change: Change): Change =>
  (record) =>
    one('clock', { written: undefined })(change(record))
const entry =
  (kind: TimelineEntry['kind'], change: object): Change =>
  (record) => {
    const at = record.timeline.findIndex(isOf(kind))
    return {
      ...record,
      timeline: record.timeline.with(at, { ...record.timeline[at], ...change } as TimelineEntry),
    }
  }

const damages: readonly [string, Change, RegExp][] = [
  ['a description that is missing', dropped('execution'), /observations of the kind "execution"/],
  [
    'a comparison that is missing',
    dropped('visibility'),
    /0 observations of the kind "visibility", and 1 were/,
  ],
  ['pollers that are missing', observed((all) => all.filter(({ kind }) => kind !== 'pollers')), /of the kind "pollers"/], // prettier-ignore
  ['the cores twice', doubled('machine'), /2 observations of the kind "machine"/],
  ['an observation of another kind', (record) => ({ ...dropped('machine')(record), opaque: { ...record.opaque, observations: [{ kind: 'other' }] } }), /1 observations of the kind "other", and 0 were made/], // prettier-ignore
  ['a captured event that nobody captured', (record) => ({ ...record, captures: record.captures.slice(0, -1) }), /lines of the kind "captured event"/], // prettier-ignore
  ['no count at all, a description missing', uncounted(dropped('execution')), /nothing says how the service describes run/], // prettier-ignore
  ['no count at all, a description twice', uncounted(doubled('execution')), /by describe twice/],
  ['no count at all, no comparison', uncounted(dropped('visibility')), /was compared 0 times/],
  [
    'no count at all, settings of one end',
    uncounted(dropped('settings')),
    /at the start and at the end: end$/,
  ],
  [
    'no count at all, pollers twice',
    uncounted(doubled('pollers')),
    /workflow pollers of q were listed twice/,
  ],
  ['no count at all, the cores twice', uncounted(doubled('machine')), /cores were counted twice/],
  ['a run of the database that nobody started', one('stored-run', { runId: 'r' }), /was asked for run r of .*, which nobody knows/], // prettier-ignore
  [
    'a closed run that the database has open',
    one('stored-run', { isRunning: true }),
    /as open, and its history is closed/,
  ],
  ['more events in the database than in the history', one('stored-run', { nextEventId: 900 }), /the database has 899 events of run/], // prettier-ignore
  ['a batch of events out of order', one('stored-run', { batches: [{ firstEventId: 1, lastEventId: null, transaction: '1', previous: '0' }, { firstEventId: -3, lastEventId: null, transaction: '2', previous: '1' }] }), /batch 2 of run .* begins before/], // prettier-ignore
  ['a batch of events behind the last one', one('stored-run', { batches: [{ firstEventId: 900, lastEventId: null, transaction: '1', previous: '0' }] }), /begins with event 900, which it does not have/], // prettier-ignore
  ['a comparison that took no time', one('visibility', { tookMs: -1 }), /no time of a comparison/],
  ['a description of another workflow', one('execution', { workflowId: 'other' }), /as one of other, which it is not/], // prettier-ignore
  [
    'a run that started at another time',
    one('execution', { startedWallMs: 0 }),
    /by describe, run .* started -\d/,
  ],
  ['pollers of another queue', one('pollers', { queue: 'other' }), /task queue other, which no worker polls/],
  ['a queue that nobody looked at', entry('incarnation', { taskQueues: [{ name: 'q', polls: ['workflow'] }, { name: 'p', polls: ['activity'] }] }), /nothing says who polls p for activity tasks/], // prettier-ignore
  [
    'a list without one that polls',
    one('pollers', { pollers: [] }),
    /still polled, and is no workflow poller of q/,
  ],
  ['a poll before its worker was there', one('pollers', { pollers: [{ identity: 'a-poller', lastAccessWallMs: 0 }] }), /polled q at -\d+ ms, before it was started/], // prettier-ignore
  [
    'work after its answer',
    entry('still-working', { askedMs: 1e308 }),
    /"still-working" was asked at .* out of order/,
  ],
  ['a poll that was asked for after its answer', entry('still-polling', { askedMs: 1e308 }), /"still-polling" was asked at .* out of order/], // prettier-ignore
  ['more time skipped than was allowed', (record) => ({ ...record, timeline: record.timeline.toSpliced(-1, 0, { kind: 'time-skipped', atMs: record.timeline.at(-1)?.atMs ?? 0, workflowId: 'w', runId: 'r', durationMs: 1, skippedMs: 10 }) }), /skipped 10 ms for w, and 1 ms were allowed/], // prettier-ignore
  ['a captured event with the content of another', (record) => ({ ...record, captures: record.captures.with(3, { ...record.captures[3], event: { ...record.captures[3]?.event, eventType: 'EVENT_TYPE_TIMER_FIRED' } } as RunRecord['captures'][number]) }), /was captured as a TimerFired, with the content/], // prettier-ignore
  ['a wait for another end', entry('awaited', { subject: 'w to closex' }), /went on without it: w to closex/],
  ['work on another queue', entry('still-working', { queue: 'other' }), /task queue other, which no worker polls/], // prettier-ignore
  ['a poll of another worker', entry('still-polling', { identity: 'worker-9#1' }), /worker worker-9#1 was started/], // prettier-ignore
  ['a worker that polls nothing', (record) => ({ ...record, timeline: record.timeline.map((one, at, all) => (at === all.findLastIndex((last) => last.kind === 'incarnation' && last.phase === 'ready') ? ({ ...one, taskQueues: [] } as TimelineEntry) : one)) }), /got ready, and nothing says its taskQueues/], // prettier-ignore
  ['an exit by no signal', entry('exited', { exit: { code: null, signal: '0' } }), /was ended by "0", which is no signal/], // prettier-ignore
  ['the heal of another fault', entry('healing', { fault: 7 }), /"healing" tells of fault 7/],
  ['a workflow without a type', entry('workflow', { workflow: '' }), /nothing says what type of workflow/],
  ['an effect without its worker', (record) => ({ ...record, effects: record.effects.map((effect, at) => (at === 0 ? { ...effect, worker: undefined } : effect)) }), /nothing says which worker sent/], // prettier-ignore
  ['an effect of another worker', (record) => ({ ...record, effects: record.effects.map((effect, at) => (at === 0 ? { ...effect, worker: 'worker-9' } : effect)) }), /came from worker-9#\d, which was never started/], // prettier-ignore
]

test.each(damages)('%s', async (_what, change, said) => {
  expect(damageOf(change(await whole()))).toContainEqual(expect.stringMatching(said))
})

test('a message that was accepted under another name', async () => {
  const record = await whole()
  const histories = observationsOf(record, 'history')
  const accepted = new Set(histories.flatMap(({ events }) => events.flatMap((one) => messageIdOf(one) ?? [])))
  const sent = entriesOf(record.timeline, 'sent').find(({ messageId }) => accepted.has(messageId))
  if (sent === undefined) throw new Error('the stored record has a message that was accepted')
  const at = record.timeline.indexOf(sent)
  const renamed = { ...record, timeline: record.timeline.with(at, { ...sent, name: 'other' }) }
  expect(damageOf(renamed)).toEqual([`the ${sent.what} other was accepted as ${sent.name}`])
})

test.each([
  ['that nobody declared', { query: 'other', askedMs: 0 }, /query other of .* was asked and never declared/],
  ['before its workflow had started', { query: 'status', askedMs: -1 }, /was asked at -1 ms, out of order/],
])('a query %s', async (_what, change, said) => {
  const record = await whole()
  const [workflow] = entriesOf(record.timeline, 'workflow')
  if (workflow === undefined) throw new Error('the stored record has a workflow')
  const { workflowId, runId, atMs } = workflow
  const run = { atMs, workflowId, runId }
  const query = (changed: object): RunRecord => ({
    ...record,
    timeline: record.timeline.flatMap((one): TimelineEntry[] =>
      one !== workflow
        ? [one]
        : [
            one,
            { kind: 'queries-declared', ...run, rules: { status: 'free' } },
            {
              kind: 'queried',
              ...run,
              query: 'status',
              by: 'harness',
              askedMs: atMs,
              outcome: 'answered',
              ...changed,
            },
          ],
    ),
  })
  expect(damageOf(query({}))).toEqual([])
  expect(damageOf(query(change))).toContainEqual(expect.stringMatching(said))
})

test('a worker is left running only if the harness was attached to it', async () => {
  const record = await whole()
  const exited = record.timeline.findLast((entry) => entry.kind === 'exited')
  if (exited === undefined) throw new Error('the last worker of the stored record exited')
  const { worker, incarnation, identity, pid } = exited
  const leftBy = (attached: object): RunRecord => ({
    ...record,
    timeline: record.timeline.map((entry) => {
      if (entry === exited) return { kind: 'left', atMs: exited.atMs, worker, incarnation, identity, pid }
      return entry.kind === 'incarnation' && entry.identity === identity ? { ...entry, ...attached } : entry
    }),
  })
  expect(damageOf(leftBy({ isAttached: true }))).toEqual([])
  expect(damageOf(leftBy({}))).toEqual([
    `worker ${identity} should have been spawned, ready and exited: spawned, ready, left`,
  ])
})
