import { expect, test } from 'vitest'
import { isAlreadyExists, quickReconnects } from './grpc.ts'

// As gRPC numbers them.
const status = { NOT_FOUND: 5, ALREADY_EXISTS: 6 }

test('only the code of gRPC itself says that something exists already', () => {
  const failed = (code: unknown) => Object.assign(new Error('failed'), { code })
  expect(isAlreadyExists(failed(status.ALREADY_EXISTS))).toBe(true)
  expect([failed(status.NOT_FOUND), failed('6'), new Error('6'), undefined].map(isAlreadyExists)).toEqual(
    Array(4).fill(false),
  )
})

test('a channel tries again within the time that is given', () => {
  expect(quickReconnects(50)).toMatchObject({
    'grpc.min_reconnect_backoff_ms': 20,
    'grpc.max_reconnect_backoff_ms': 50,
    'grpc.enable_http_proxy': 0,
  })
})
