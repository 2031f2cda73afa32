import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { isRefused } from '../cluster/service/port-probe.ts'
import { freePorts } from './ports.ts'

test('ports are distinct, free, and small enough for the membership table', async () => {
  const ports = Object.values(
    await freePorts(['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']),
  )
  expect(new Set(ports).size).toBe(9)
  for (const port of ports) {
    expect(port).toBeGreaterThanOrEqual(10_000)
    expect(port).toBeLessThanOrEqual(32_767)
    expect(await isRefused(port)).toBe(true)
  }
})

test('a port somebody listens on is not refused', async () => {
  const { port } = await freePorts(['port'])
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  expect(await isRefused(port)).toBe(false)
  server.close()
})
