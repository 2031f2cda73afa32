import { expect, test } from 'vitest'
import { networkReason } from './network-reason.ts'

function withCode(code: string, message = ''): Error {
  return Object.assign(new Error(message), { code })
}

test('a known code is said in words, with the code', () => {
  expect(networkReason(withCode('ENOTFOUND'))).toBe('the host does not resolve (ENOTFOUND)')
})

test('of several addresses tried, the last one counts', () => {
  const tried = new AggregateError([withCode('ENETUNREACH'), withCode('ECONNREFUSED')])
  expect(networkReason(tried)).toBe('the connection was refused (ECONNREFUSED)')
  expect(networkReason(new Error('', { cause: tried }))).toBe('the connection was refused (ECONNREFUSED)')
})

test('anything else is said as it is', () => {
  expect(networkReason(withCode('CERT_HAS_EXPIRED', 'certificate has expired'))).toBe(
    'certificate has expired',
  )
  expect(networkReason('odd')).toBe('odd')
})

test('a proxy is not named, for its address may carry a password', () => {
  const refused = withCode(
    'ERR_PROXY_TUNNEL',
    'Failed to establish tunnel via http://me:secret@proxy.example',
  )
  expect(networkReason(refused)).toBe('the proxy does not connect to the host (ERR_PROXY_TUNNEL)')
})
