import type Dockerode from 'dockerode'
import { expect, test } from 'vitest'
import { usageIn } from './container-usage.ts'

function stats(memory: object, cpuNanos?: number) {
  const cpu = cpuNanos === undefined ? {} : { cpu_usage: { total_usage: cpuNanos } }
  return { memory_stats: memory, cpu_stats: cpu } as Dockerode.ContainerStats
}

test.each([
  ['cgroup v1', { usage: 100, stats: { total_inactive_file: 30, inactive_file: 10 } }, 70],
  ['cgroup v2', { usage: 100, stats: { inactive_file: 10 } }, 90],
  ['an engine that tells no details', { usage: 100 }, 100],
])('memory without what can be dropped, by %s', (_, memory, memoryBytes) => {
  expect(usageIn(stats(memory, 2_500_000))).toEqual({ cpuMs: 2.5, memoryBytes })
})

test('a container that has ended has no figures', () => {
  expect(usageIn(stats({}, 1))).toBeUndefined()
  expect(usageIn(stats({ usage: 1 }))).toBeUndefined()
})
