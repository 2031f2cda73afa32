import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { analyse } from '../analysis/analyse.ts'
import { lateCallsOf } from '../analysis/late-calls.ts'
import { recordFiles } from '../record/files.ts'
import { readRecord } from '../record/reader.ts'
import { findingsOf } from '../result/check-result.ts'
import { judgeRecord } from './judge-record.ts'

const folder = fileURLToPath(new URL('../../fixtures/records', import.meta.url))

interface Expected {
  /** The schema that the record has on disk. */
  readonly schema: number
  readonly verdict: string
  /** Check, kind and message of each. */
  readonly findings: readonly (readonly [check: string, kind: string, message: string])[]
}

const expected: Readonly<Record<string, Expected>> = {
  'a-day-was-skipped': { schema: 1, verdict: 'pass', findings: [] },
  'a-frozen-worker-woke-late': { schema: 2, verdict: 'pass', findings: [] },
  'due-after-the-outage': { schema: 1, verdict: 'pass', findings: [] },
  'due-during-the-outage': { schema: 1, verdict: 'pass', findings: [] },
  'signals-after-a-restart': { schema: 2, verdict: 'pass', findings: [] },
  'the-worker-came-back-late': {
    schema: 2,
    verdict: 'fail',
    findings: [
      [
        'recovery',
        'liveness',
        'timer 1 of kill-worker-mid-sleep-1-durableDemo-1 recovered in 5.30 s, over the budget of 5.00 s: respawn of the worker took 4.57 s',
      ],
    ],
  },
}

test('every stored record, of an old schema or of this one, is judged as it always was', async () => {
  const names = (await readdir(folder)).toSorted()
  const found = names.map(async (name): Promise<[string, Expected]> => {
    const record = path.join(folder, name)
    const { schema } = JSON.parse(await readFile(path.join(record, recordFiles.header), 'utf8')) as Expected
    const { verdict, checks } = judgeRecord(await readRecord(record), name)
    const findings = findingsOf(checks).map(({ check, kind, message }) => [check, kind, message] as const)
    return [name, { schema, verdict, findings }]
  })
  expect(Object.fromEntries(await Promise.all(found))).toEqual(expected)
})

test('the calls of a frozen worker that woke late are told, and are no duplicates', async () => {
  const { effectCalls } = analyse(await readRecord(path.join(folder, 'a-frozen-worker-woke-late')))
  const late = lateCallsOf(effectCalls)
  // Seven attempts were handed to the frozen worker, and all of them acted when it woke.
  expect(late).toHaveLength(7)
  expect(late[0]).toMatch(
    /^late call of attempt 1 by worker-1#1: .* 1.25 s after .* attempt 8 by worker-1#2$/,
  )
})

/** The same record from a server whose clock is ahead of ours. */
async function withServerAhead(name: string, aheadMs: number) {
  const record = await readRecord(path.join(folder, name))
  const text = JSON.stringify(record).replaceAll(/"eventTime":"([^"]+)"/g, (_, time: string) => {
    const [seconds = '', fraction = ''] = time.replace('Z', '').split('.')
    const shifted = new Date(Date.parse(`${seconds}Z`) + aheadMs).toISOString().slice(0, 19)
    return `"eventTime":"${shifted}.${fraction.padEnd(9, '0')}Z"`
  })
  const shifted = JSON.parse(text) as typeof record
  return { ...shifted, header: { ...shifted.header, clockOffsetMs: aheadMs } }
}

test.each(['due-during-the-outage', 'signals-after-a-restart'])(
  '%s is judged the same if the clock of the server is 2 s ahead',
  async (name) => {
    const usual = judgeRecord(await readRecord(path.join(folder, name)), name)
    const ahead = judgeRecord(await withServerAhead(name, 2_000), name)
    expect(ahead.verdict).toBe(usual.verdict)
    const figures = (run: typeof usual) =>
      run.obligations.map(({ subject, dueMs, recoveryMs }) => [
        subject,
        Math.round(dueMs),
        recoveryMs === null ? null : Math.round(recoveryMs),
      ])
    expect(figures(ahead)).toEqual(figures(usual))
    expect(usual.obligations.length).toBeGreaterThan(0)
  },
)
