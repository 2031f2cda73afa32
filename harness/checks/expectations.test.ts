import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { recordOf } from '../../test/support/stored-record.ts'
import { analyse } from '../analysis/analyse.ts'
import { RunClock } from '../core/clock.ts'
import { recordFiles } from '../record/files.ts'
import { readRecord } from '../record/reader.ts'
import { RunRecorder } from '../record/recorder.ts'
import { recordExpectation, type Expectation } from '../scenario/expectation.ts'
import { expectations } from './expectations.ts'

const killed = {
  faultKind: 'kill-worker',
  target: { kind: 'worker', name: 'worker-1#1' },
  effect: 'dead',
} as const

/** The check's answer to expectations after a fault that were written to disk and read again. */
function judged(...seen: (boolean | Expectation)[]) {
  return judgedAfter([killed], seen)
}

async function judgedAfter(faults: readonly (typeof killed)[], seen: readonly (boolean | Expectation)[]) {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await using recorder = await RunRecorder.open(folder, recordOf([], []).header, new RunClock())
  await writeFile(path.join(folder, recordFiles.effects), '')
  for (const [index, fault] of faults.entries()) recorder.mark({ kind: 'fault', fault: index + 1, ...fault })
  for (const one of seen) recordExpectation(recorder, 'the order is paid', one)
  return expectations.judge(analyse(await readRecord(folder)))
}

test('a true sentence is kept, a false one breaks the promise', async () => {
  expect(await judged(true)).toEqual({ status: 'kept', findings: [] })
  expect(await judged(true, false)).toEqual({
    status: 'broken',
    findings: [{ kind: 'safety', message: 'not so: the order is paid' }],
  })
})

test('two values are compared in depth, and the report shows both', async () => {
  const expected = { items: [{ id: 1, price: 2 }], note: null }
  expect(await judged({ expected, observed: { note: null, items: [{ price: 2, id: 1 }] } })).toMatchObject({
    status: 'kept',
  })
  expect(await judged({ expected, observed: { items: [], note: null } })).toMatchObject({
    status: 'broken',
    findings: [
      {
        kind: 'safety',
        message:
          'not so: the order is paid (expected {"items":[{"id":1,"price":2}],"note":null}, observed {"items":[],"note":null})',
      },
    ],
  })
})

test('nothing observed is no value, and differs from null', async () => {
  expect(await judged({ expected: 1, observed: undefined })).toMatchObject({
    findings: [{ message: 'not so: the order is paid (expected 1, observed nothing)' }],
  })
  expect(await judged({ expected: undefined, observed: undefined })).toMatchObject({ status: 'kept' })
  expect(await judged({ expected: null, observed: undefined })).toMatchObject({ status: 'broken' })
})

test('nothing is checked if the scenario expects nothing', async () => {
  expect(await judged()).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'the scenario has no expectations of its own',
  })
})

test('an expectation that is not met in a run without a fault was not tested', async () => {
  expect(await judgedAfter([], [false])).toEqual({
    status: 'broken',
    findings: [{ kind: 'assumption', message: 'not so: the order is paid' }],
  })
})
