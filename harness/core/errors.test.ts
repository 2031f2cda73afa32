import { expect, test } from 'vitest'
import { ChaosError, messageOf, toChaosError, UsageError } from './errors.ts'

test('the message of an error includes the messages of its causes', () => {
  const cause = new Error('no route', { cause: 'cable' })
  expect(messageOf(new ChaosError('no answer', { code: 'CHAOS_TEST', cause }))).toBe(
    'no answer: no route: cable',
  )
  expect(messageOf('plain')).toBe('plain')
})

test('if cleanup fails after an error, the first error decides', () => {
  const first = new ChaosError('no answer', { code: 'CHAOS_TEST', kind: 'liveness', hint: 'Wait.' })
  const both = new SuppressedError(new Error('cannot be ended'), first)
  expect(toChaosError(both)).toMatchObject({
    message: 'no answer; then cannot be ended',
    code: 'CHAOS_TEST',
    kind: 'liveness',
    hint: 'Wait.',
  })
})

test('a failed cleanup may itself consist of several errors', () => {
  const cleaning = new SuppressedError(new Error('the folder stays'), new Error('cannot be ended'))
  const all = new SuppressedError(cleaning, new ChaosError('no answer', { code: 'CHAOS_TEST' }))
  expect(toChaosError(all).message).toBe('no answer; then cannot be ended; then the folder stays')
})

test('any other error becomes an unexpected ChaosError that keeps it as cause', () => {
  const thrown = new TypeError('x is not a function')
  expect(toChaosError(thrown)).toMatchObject({ code: 'CHAOS_UNEXPECTED', kind: 'harness', cause: thrown })
  const usage = new UsageError('no', 'yes')
  expect(toChaosError(usage)).toBe(usage)
  expect(usage).toMatchObject({ code: 'CHAOS_USAGE', hint: 'yes' })
})
