import { expect, test } from 'vitest'
import { isOwnAddress } from './own-address.ts'

test.each([
  ['127.0.0.1', true],
  ['192.0.2.77', false],
  ['no-such-host.invalid', false],
])('%s: %s', async (address, isOurs) => {
  expect(await isOwnAddress(address)).toBe(isOurs)
})
