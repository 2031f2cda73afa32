import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { recordOf } from '../../test/support/stored-record.ts'
import { contradictionsIn } from '../analysis/integrity/record-damage.ts'
import { databaseReader } from '../cluster/database-reader.ts'
import { RunClock } from '../core/clock.ts'
import { Deadline } from '../core/deadline.ts'
import { ChaosError } from '../core/errors.ts'
import { recordFiles } from '../record/files.ts'
import { readRecord } from '../record/reader.ts'
import { observationsOf, type RunRecord } from '../record/record.ts'
import { RunRecorder } from '../record/recorder.ts'
import { entriesOf } from '../record/timeline.ts'
import type { TableReader } from '../effects/rows/table-reader.ts'
import type { Observer } from '../temporal/observer.ts'
import { always, type Observation } from './observation.ts'
import {
  observeBetween,
  observeStart,
  runObservations,
  type ObservationsOptions,
} from './run-observations.ts'

const died = new ChaosError('postgres exited with 1', { code: 'CHAOS_SERVICE_DIED' })
const noTime = new ChaosError('waited 60 s', { code: 'CHAOS_DEADLINE', kind: 'liveness' })
const line = (atMs: number, msg: string) =>
  `${JSON.stringify({ level: 'error', ts: new Date(atMs).toISOString(), msg, error: 'nil pointer' })}\n`

interface Given extends Partial<Pick<ObservationsOptions, 'health' | 'own' | 'replayer' | 'database'>> {
  /** @default 30 s */
  readonly deadlineMs?: number
  /** What the scenario put on the timeline. */
  readonly told?: readonly ChaosError[]
  /** The server's log, or why it cannot be read; null if the cluster has none. */
  readonly log?: ((wallAtZeroMs: number) => string) | Error | null
}

/** The record after the observations of a run that started no workflow, and so asks the service nothing. */
async function observed({
  told = [],
  log = () => '',
  deadlineMs = 30_000,
  ...given
}: Given): Promise<RunRecord> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const clock = new RunClock()
  await using recorder = await RunRecorder.open(folder, recordOf([], []).header, clock)
  await writeFile(path.join(folder, recordFiles.effects), '')
  for (const error of told) recorder.error(error)
  const { signal } = new AbortController()
  await runObservations({
    observer: {} as Observer,
    replayer: { replay: async () => [] },
    database: null,
    dynamicConfigFile: null,
    tables: [],
    serverLogSince:
      log === null
        ? null
        : async (sinceMs) => {
            if (log instanceof Error) throw log
            return log(sinceMs)
          },
    taskQueues: [],
    runs: [],
    recorder,
    clock,
    serverZeroMs: clock.wallAtZeroMs,
    resources: [],
    machineUnobserved: null,
    deadline: Deadline.after(deadlineMs, signal),
    signal,
    health: signal,
    own: [],
    ...given,
  })
  return await readRecord(folder)
}

const errorsOf = ({ timeline }: RunRecord) => entriesOf(timeline, 'error').map(({ code }) => code)
const panicsOf = (record: RunRecord) => observationsOf(record, 'panic').map(({ message }) => message)
const kindsOf = ({ observations }: RunRecord) => observations.map(({ kind }) => kind)

test.each([
  ['nothing of a cluster that lives', {}, []],
  ['a death that the scenario did not record', { health: AbortSignal.abort(died) }, ['CHAOS_SERVICE_DIED']],
  ['a death beside another error', { health: AbortSignal.abort(died), told: [noTime] }, ['CHAOS_DEADLINE', 'CHAOS_SERVICE_DIED']], // prettier-ignore
  ['no death twice', { health: AbortSignal.abort(died), told: [died] }, ['CHAOS_SERVICE_DIED']],
  ['a log that cannot be read', { log: new Error('EACCES') }, ['CHAOS_UNEXPECTED']],
] satisfies [string, Given, string[]][])('the observations record %s', async (_, given, codes) => {
  expect(errorsOf(await observed(given))).toEqual(codes)
})

test('panics of the server since the run began are recorded, and none from before', async () => {
  const earlier = (atMs: number) => line(atMs - 1_000, 'Panic is captured')
  const during = (atMs: number) => line(atMs + 1_000, 'Panic is captured')
  expect(panicsOf(await observed({ log: earlier }))).toEqual([])
  expect(panicsOf(await observed({ log: during }))).toEqual(['nil pointer'])
  expect(panicsOf(await observed({ log: during, health: AbortSignal.abort(died) }))).toEqual(['nil pointer'])
})

test('an observation that fails is named in an error and in the record, and hides no other', async () => {
  const throwing: Observation = {
    kind: 'my-rows',
    available: always,
    observe: async () => {
      throw new ChaosError('relation "orders" does not exist', {
        code: 'CHAOS_MY_ROWS',
        hint: 'Migrate first.',
      })
    },
  }
  const alsoThrowing: Observation = {
    ...throwing,
    kind: 'my-queue',
    available: () => JSON.parse('{') as null,
  }
  const own = { kind: 'my-own', available: always } as const
  const after: Observation = {
    ...own,
    observe: async ({ recorder }) => recorder.observe({ kind: 'my-own', rows: 3 }),
  }
  const record = await observed({ own: [throwing, alsoThrowing, after] })
  expect(entriesOf(record.timeline, 'error')).toMatchObject([
    {
      code: 'CHAOS_MY_ROWS',
      errorKind: 'harness',
      message: 'the observation "my-rows" failed: relation "orders" does not exist',
      hint: 'Migrate first.',
    },
    { code: 'CHAOS_UNEXPECTED', message: expect.stringMatching(/^the observation "my-queue" failed: /) },
  ])
  const unavailable = observationsOf(record, 'unavailable').map(({ observation }) => observation)
  expect(unavailable.filter((kind) => kind.startsWith('my-'))).toEqual(['my-rows', 'my-queue'])
  expect(observationsOf(record, 'my-own')).toEqual([{ kind: 'my-own', rows: 3 }])
  expect(kindsOf(record).at(-1)).toBe('clock')
  const [clock] = observationsOf(record, 'clock')
  expect(clock?.written?.observations).toMatchObject({ 'my-own': 1, unavailable: 5 })
  expect(contradictionsIn(record, [])).not.toContainEqual(expect.stringContaining('were made'))
})

test('a database that does not answer says nothing about the run, and is no error', async () => {
  const nobody = databaseReader({ host: '127.0.0.1', port: 1, password: '' }, 'temporal')
  const record = await observed({ database: nobody })
  expect(errorsOf(record)).toEqual([])
  expect(observationsOf(record, 'unavailable')).toContainEqual({
    kind: 'unavailable',
    observation: 'stored-state',
    why: expect.stringMatching(/^the database did not answer: .*ECONNREFUSED/),
  })
})

test('an observation that cannot be made here says why, and is no error', async () => {
  const record = await observed({ log: null, replayer: null })
  expect(errorsOf(record)).toEqual([])
  expect(observationsOf(record, 'unavailable')).toEqual([
    { kind: 'unavailable', observation: 'replay', why: 'this run has no replayer' },
    { kind: 'unavailable', observation: 'panic', why: "the server's log cannot be had" },
    {
      kind: 'unavailable',
      observation: 'settings',
      why: expect.stringMatching(/^they could not be read: /),
    },
    { kind: 'unavailable', observation: 'rows', why: 'no query of own tables is declared' },
    { kind: 'unavailable', observation: 'stored-state', why: 'the harness has no access to the database' },
  ])
})

test('an observation may note how things are before the run, and its error is recorded', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(path.join(folder, recordFiles.effects), '')
  const own = (kind: string, before: NonNullable<Observation['before']>): Observation => ({
    kind,
    available: always,
    before,
    observe: async () => {},
  })
  const noting = own('my-start', async ({ recorder }) => recorder.observe({ kind: 'my-start', rows: 1 }))
  const failing = own('my-error', async () => {
    throw new ChaosError('no such table', { code: 'CHAOS_MY_ROWS' })
  })
  await using recorder = await RunRecorder.open(folder, recordOf([], []).header, new RunClock())
  const { signal } = new AbortController()
  const context = { observer: {} as Observer, recorder, dynamicConfigFile: null, tables: [], signal }
  await observeStart(context, [failing, noting])
  await recorder.flush()
  const record = await readRecord(folder)
  expect(observationsOf(record, 'my-start')).toEqual([{ kind: 'my-start', rows: 1 }])
  expect(entriesOf(record.timeline, 'error')).toMatchObject([
    { code: 'CHAOS_MY_ROWS', message: 'the observation "my-error" failed: no such table' },
  ])
})

test('an interruption ends the observations at once', async () => {
  const reason = new ChaosError('interrupted', { code: 'CHAOS_INTERRUPTED' })
  const interrupted = new AbortController()
  const interrupting: Observation = {
    kind: 'my-own',
    available: always,
    observe: async ({ signal }) => {
      interrupted.abort(reason)
      signal.throwIfAborted()
    },
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const clock = new RunClock()
  await using recorder = await RunRecorder.open(folder, recordOf([], []).header, clock)
  const { signal } = interrupted
  const observing = runObservations({
    observer: {} as Observer,
    replayer: null,
    database: null,
    dynamicConfigFile: null,
    tables: [],
    serverLogSince: null,
    taskQueues: [],
    runs: [],
    recorder,
    clock,
    serverZeroMs: clock.wallAtZeroMs,
    resources: [],
    machineUnobserved: null,
    deadline: Deadline.after(30_000, signal),
    signal,
    health: new AbortController().signal,
    own: [interrupting],
  })
  await expect(observing).rejects.toBe(reason)
})

test('what has its own time takes none from those that come after it', async () => {
  const left: number[] = []
  const slow: Observation = {
    kind: 'slow',
    available: always,
    observe: ({ deadline }) => delay(deadline.remainingMs + 50),
  }
  const next: Observation = {
    kind: 'next',
    available: always,
    observe: async ({ deadline }) => void left.push(deadline.remainingMs),
  }
  await observed({ own: [{ ...slow, hasOwnTime: true }, next], deadlineMs: 2_000 })
  expect(left[0]).toBeGreaterThan(0)
  await observed({ own: [slow, next], deadlineMs: 1_000 })
  expect(left[1]).toBe(0)
})

test('tables are looked at before, between and after a run; one that cannot be read is an error with its name', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const clock = new RunClock()
  await using recorder = await RunRecorder.open(folder, recordOf([], []).header, clock)
  await writeFile(path.join(folder, recordFiles.effects), '')
  let looks = 0
  const table: TableReader = {
    name: 'payments',
    async read() {
      looks += 1
      if (looks === 1) return null
      if (looks === 3)
        throw new ChaosError('the query of rows.payments failed', { code: 'CHAOS_ROWS_UNREADABLE' })
      return [{ key: 'w-1', values: { id: 'w-1' } }]
    },
  }
  const { signal } = new AbortController()
  const context = { observer: {} as Observer, recorder, dynamicConfigFile: null, tables: [table], signal }
  await observeStart(context, [])
  await observeBetween(context, [], 'struck')
  await observeBetween(context, [], 'healed')
  await recorder.flush()
  const record = await readRecord(folder)
  expect(observationsOf(record, 'rows').map(({ when, rows }) => [when, rows?.length ?? null])).toEqual([
    ['start', null],
    ['struck', 1],
  ])
  expect(entriesOf(record.timeline, 'error')).toMatchObject([
    {
      code: 'CHAOS_ROWS_UNREADABLE',
      message: 'the observation "rows" failed: the query of rows.payments failed',
    },
  ])
})
