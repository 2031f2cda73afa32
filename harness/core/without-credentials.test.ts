import { expect, test } from 'vitest'
import { withoutCredentials } from './without-credentials.ts'

test.each([
  ['http://bob:SECRET@127.0.0.1:9/a', 'http://127.0.0.1:9/a'],
  ['ftp://bob:SE@CRET@host', 'ftp://host'],
  ['//bob:SECRET@host/', '//host/'],
  ['https://github.com', 'https://github.com'],
  ['https://host/a@b', 'https://host/a@b'],
  ['not an address', 'not an address'],
])('%s is shown as %s', (address, shown) => {
  expect(withoutCredentials(address)).toBe(shown)
})
