import { expect, test } from 'vitest'
import { throughDesktop } from './image.ts'

test.each([
  ['127.0.0.1:7233', 'host.docker.internal:7233'],
  ['localhost:7233', 'host.docker.internal:7233'],
  ['http://127.0.0.1:8090/worker/1', 'http://host.docker.internal:8090/worker/1'],
  ['[::1]:7233', 'host.docker.internal:7233'],
  ['temporal.example.com:7233', 'temporal.example.com:7233'],
  ['10.127.0.0.1:1', '10.127.0.0.1:1'],
])('an engine in a machine of its own reaches %s as %s', (here, there) => {
  expect(throughDesktop(here)).toBe(there)
})
