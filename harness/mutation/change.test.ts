import { expect, test } from 'vitest'
import { firstChange, type Change } from './change.ts'
import { whyPassed } from './why-passed.ts'

const lines = (...values: object[]) =>
  Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''))
const header = (value: object) => Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`)

const good = {
  'run.json': header({ schema: 3, budgetMs: 5_000 }),
  'timeline.jsonl': lines(
    { atMs: 1, kind: 'step', name: 'one' },
    { atMs: 2, kind: 'queried', answer: { phase: 'open' } },
    { atMs: 3, kind: 'ended' },
  ),
}
const changed = (file: keyof typeof good, content: Buffer) => firstChange(good, { ...good, [file]: content })

test('a value that changed is named by its path, in its line', () => {
  expect(changed('run.json', header({ schema: 3, budgetMs: 1 }))).toEqual({
    file: 'run.json',
    line: 3,
    kind: null,
    field: 'budgetMs',
    more: 0,
    was: '5000',
    is: '1',
  } satisfies Change)
  const answered = lines(
    { atMs: 1, kind: 'step', name: 'one' },
    { atMs: 2, kind: 'queried', answer: {} },
    { atMs: 3, kind: 'ended' },
  )
  expect(changed('timeline.jsonl', answered)).toEqual({
    file: 'timeline.jsonl',
    line: 2,
    kind: 'queried',
    field: 'answer.phase',
    more: 0,
    was: '"open"',
    is: null,
  } satisfies Change)
})

test('an object or list that is gone is shown whole', () => {
  const gone = lines(
    { atMs: 1, kind: 'step', name: 'one' },
    { atMs: 2, kind: 'queried' },
    { atMs: 3, kind: 'ended' },
  )
  expect(changed('timeline.jsonl', gone)).toMatchObject({
    field: 'answer',
    was: '{"phase":"open"}',
    is: null,
  })
})

test('a line that is gone or new, and one that is no JSON any more', () => {
  expect(changed('timeline.jsonl', lines({ atMs: 1, kind: 'step', name: 'one' }, { atMs: 3, kind: 'ended' }))).toMatchObject({ line: 2, kind: 'queried', field: null, more: -1, was: expect.stringContaining('open') }) // prettier-ignore
  const broken = Buffer.from(good['timeline.jsonl'].toString().replace('"open"', '"op'))
  expect(changed('timeline.jsonl', broken)).toMatchObject({ line: 2, field: null, more: 0, is: expect.stringMatching(/"op\}\}$/) }) // prettier-ignore
  expect(firstChange(good, { ...good })).toBeNull()
})

test.each([
  [{ kind: 'awaited', field: 'atMs' }, /says this time/],
  [{ kind: 'queried', field: 'answer.phase' }, /the rule of its query allows/],
  [{ kind: 'workflow', field: 'golden.outcomes.0.status' }, /expects is written down once/],
  [{ file: 'run.json', kind: null, field: 'deadlineMs' }, /setting of the run/],
  [
    { file: 'captures.jsonl', kind: null, field: 'event.workflowTaskScheduledEventAttributes.attempt' },
    /never stores such an event/,
  ],
  [{ kind: 'step', field: null }, /covers this line/],
  [{ kind: 'sent', field: 'sender' }, /nothing else in the record repeats this value/],
])('why a change of %o goes unnoticed', (change, why) => {
  const whole = { file: 'timeline.jsonl', line: 1, kind: null, field: null, more: 0, was: null, is: null }
  expect(whyPassed({ ...whole, ...change })).toMatch(why)
})
