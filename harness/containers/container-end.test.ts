import { expect, test } from 'vitest'
import { exitOf } from './container-end.ts'

test.each([
  [0, { code: 0, signal: null }],
  [1, { code: 1, signal: null }],
  [137, { code: null, signal: 'SIGKILL' }],
  [143, { code: null, signal: 'SIGTERM' }],
  [255, { code: 255, signal: null }],
])('exit code %d', (statusCode, exit) => {
  expect(exitOf(statusCode, 7)).toEqual({ ...exit, atMs: 7 })
})
