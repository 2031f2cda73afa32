import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { recordOf } from '../../fixtures/stored-record.ts'
import { RunClock } from '../core/clock.ts'
import { ChaosError } from '../core/errors.ts'
import { readRecord } from '../record/reader.ts'
import { observationsOf } from '../record/record.ts'
import { RunRecorder } from '../record/recorder.ts'
import { entriesOf } from '../record/timeline.ts'
import type { RunEnvironment } from './run-environment.ts'
import { observe } from './observe.ts'
import { recordFiles } from '../record/files.ts'

const died = new ChaosError('postgres exited with 1', { code: 'CHAOS_SERVICE_DIED' })
const noTime = new ChaosError('waited 60 s', { code: 'CHAOS_DEADLINE', kind: 'liveness' })
const line = (atMs: number, msg: string) =>
  `${JSON.stringify({ level: 'error', ts: new Date(atMs).toISOString(), msg, error: 'nil pointer' })}\n`

interface Ended {
  readonly health?: AbortSignal
  /** What the scenario put on the timeline. */
  readonly told?: readonly ChaosError[]
  /** In the server's log, or why that cannot be had. */
  readonly log?: ((wallAtZeroMs: number) => string) | Error
}

/** The record after the final look of a run that started no workflow. */
async function lookedAt({ health = new AbortController().signal, told = [], log = () => '' }: Ended) {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const clock = new RunClock()
  await using recorder = await RunRecorder.open(folder, recordOf([], []).header, clock)
  await writeFile(path.join(folder, recordFiles.effects), '')
  for (const error of told) recorder.error(error)
  const environment = {
    campaign: { signal: new AbortController().signal },
    slot: {
      cluster: {
        health,
        async serverLogSince(sinceMs: number) {
          if (log instanceof Error) throw log
          return log(sinceMs)
        },
      },
    },
    tools: { replayer: { replay: async () => [] } },
  } as unknown as RunEnvironment
  await observe({ environment, runs: [], recorder, resources: [], clock })
  const record = await readRecord(folder)
  return {
    errors: entriesOf(record.timeline, 'error').map(({ code }) => code),
    panics: observationsOf(record, 'panic').map(({ message }) => message),
  }
}

test.each([
  ['nothing of a cluster that lives', {}, []],
  ['a death that no scenario told of', { health: AbortSignal.abort(died) }, ['CHAOS_SERVICE_DIED']],
  ['a death beside another error', { health: AbortSignal.abort(died), told: [noTime] }, ['CHAOS_DEADLINE', 'CHAOS_SERVICE_DIED']], // prettier-ignore
  ['no death twice', { health: AbortSignal.abort(died), told: [died] }, ['CHAOS_SERVICE_DIED']],
  ['a log that cannot be read', { log: new Error('EACCES') }, ['CHAOS_UNEXPECTED']],
] satisfies [string, Ended, string[]][])('the final look tells %s', async (_, ended, codes) => {
  expect((await lookedAt(ended)).errors).toEqual(codes)
})

test('the final look finds what the server panicked of during the run, and nothing of before', async () => {
  const earlier = (atMs: number) => line(atMs - 1_000, 'Panic is captured')
  const background = (atMs: number) => line(atMs + 1_000, 'Panic is captured')
  expect((await lookedAt({ log: earlier })).panics).toEqual([])
  expect((await lookedAt({ log: background })).panics).toEqual(['nil pointer'])
  expect((await lookedAt({ log: background, health: AbortSignal.abort(died) })).panics).toEqual([
    'nil pointer',
  ])
})
