import { expect, test } from 'vitest'
import { debootstrapFailure } from './debootstrap-failure.ts'

test.each([
  ['E: Failed getting release file http://mirror.example/dists/trixie/Release', 'CHAOS_NO_NETWORK'],
  ['E: Release signed by unknown key (key id 1234)', 'CHAOS_NO_KEYRING'],
  ['unshare: unshare failed: Operation not permitted', 'CHAOS_NOT_PERMITTED'],
])('%s', (output, code) => {
  expect(debootstrapFailure(output, 'http://mirror.example')).toMatchObject({
    code,
    hint: expect.any(String),
  })
})

test('a complaint without a remedy is left as it is', () => {
  expect(debootstrapFailure('E: Something else', 'http://mirror.example')).toBeUndefined()
})
