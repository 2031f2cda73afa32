import { spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { expect, test } from 'vitest'
import { hasEnded } from './default-identity.ts'

test('a process of this machine that has ended is known by its identity', () => {
  const { pid } = spawnSync('true')
  expect(hasEnded(`${pid}@${hostname()}`)).toBe(true)
  expect(hasEnded(`${pid}@${hostname()}@`)).toBe(true)
  expect(hasEnded(`${process.pid}@${hostname()}`)).toBe(false)
  expect(hasEnded(`${pid}@elsewhere`)).toBe(false)
  expect(hasEnded('orders-worker')).toBe(false)
})
