import { expect, test } from 'vitest'
import { assertConsent, isLoopback } from './consent.ts'

const cloud = { address: 'payments.a1b2c.tmprl.cloud:7233', namespace: 'payments.a1b2c' }
const named = { namespace: 'payments.a1b2c', yesStrikeWorkersOf: 'payments.a1b2c' }

test.each([
  ['localhost:7233', true],
  ['127.0.0.1:7233', true],
  ['127.8.0.1:7233', true],
  ['[::1]:7233', true],
  ['127.0.0.1.example.com:7233', false],
  ['localhost.example.com:7233', false],
  ['10.0.0.5:7233', false],
  ['0.0.0.0:7233', false],
  ['temporal:7233', false],
])('%s is on this machine: %s', (address, is) => {
  expect(isLoopback(address)).toBe(is)
})

test('a namespace elsewhere needs both flags, each with its name', () => {
  expect(() => assertConsent(cloud, named, ['orders'])).not.toThrow()
  for (const consent of [
    {},
    { namespace: cloud.namespace },
    { yesStrikeWorkersOf: cloud.namespace },
    { ...named, namespace: 'payments' },
    { ...named, yesStrikeWorkersOf: 'staging' },
  ]) {
    expect(() => assertConsent(cloud, consent, ['orders'])).toThrow(
      expect.objectContaining({ code: 'CHAOS_NAMESPACE_UNCONFIRMED', kind: 'usage' }),
    )
  }
})

test('the refusal says what would happen and what to type', () => {
  const refused = (() => {
    try {
      assertConsent(cloud, { ...named, namespace: 'payments' }, ['orders', 'mails'])
    } catch (thrown) {
      return thrown
    }
    return undefined
  })()
  expect(refused).toMatchObject({
    message:
      '--namespace says "payments". The configuration names the namespace "payments.a1b2c" at payments.a1b2c.tmprl.cloud:7233, which is not on this machine',
    hint: expect.stringContaining('starts workflows there on orders, mails'),
  })
  expect(refused).toMatchObject({
    hint: expect.stringMatching(/run --namespace payments\.a1b2c --yes-strike-workers-of payments\.a1b2c$/),
  })
})

test('on this machine no flag is needed, but a wrong one is refused', () => {
  const local = { address: '127.0.0.1:7233', namespace: 'default' }
  expect(() => assertConsent(local, {}, ['orders'])).not.toThrow()
  expect(() => assertConsent(local, { namespace: 'production' }, ['orders'])).toThrow(/--namespace says/)
})
