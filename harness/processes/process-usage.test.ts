import { once } from 'node:events'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { processTable } from './process-table.ts'
import { measureProcesses, memoryOf, parseShared, treesOf } from './process-usage.ts'

const row = (pid: number, parent: number, state = 'S') => ({ pid, parent, group: 1, state, started: '1' })

test('each process is in the tree of the nearest root above it, the dead in none', () => {
  const rows = [row(1, 0), row(2, 1), row(3, 2), row(4, 3), row(5, 4, 'Z'), row(6, 0)]
  const trees = treesOf(rows, new Set([1, 3, 7]))
  const pids = [...trees].map(([root, tree]) => [root, tree.map(({ pid }) => pid)])
  expect(pids).toEqual([
    [1, [1, 2]],
    [3, [3, 4]],
    [7, []],
  ])
})

test('what stands apart takes all below it along, but for roots, which have trees of their own', () => {
  const rows = [row(1, 0), row(2, 1), row(3, 2), row(4, 3), row(5, 1)]
  const trees = treesOf(rows, new Set([1, 4]), new Set([2, 4]))
  const pids = [...trees].map(([root, tree]) => [root, tree.map(({ pid }) => pid)])
  expect(pids).toEqual([
    [1, [1, 5]],
    [4, [4]],
  ])
})

test('memory that is shared counts once', () => {
  const usage = (ownBytes: number, sharedBytes: number) => ({ cpuMs: 0, ageMs: 0, ownBytes, sharedBytes })
  expect(memoryOf([usage(1, 500), usage(2, 700), usage(4, 600)])).toBe(707)
  expect(memoryOf([])).toBe(0)
})

test('shared memory is read from the status of a process that has memory', () => {
  expect(parseShared('Name:\tx\nRssAnon:\t  900 kB\nRssFile:\t    3 kB\nRssShmem:\t   2 kB\n')).toBe(5 * 1024)
  expect(parseShared('Name:\tkthreadd\n')).toBeUndefined()
})

test('this process is measured, one that is not there is left out', async () => {
  const { pid } = process
  const usedMs = () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1_000
  }
  // What the table shows is as old as the kernel's last tick.
  const tickMs = 20
  const before = { cpuMs: usedMs() - tickMs, ageMs: process.uptime() * 1_000 - tickMs }
  const usages = await measureProcesses([pid, 2 ** 22 + 1])
  const after = { cpuMs: usedMs() + tickMs, ageMs: process.uptime() * 1_000 + 1_000 }
  expect([...usages.keys()]).toEqual([pid])
  const usage = usages.get(pid)
  expect(usage?.cpuMs).toBeGreaterThanOrEqual(before.cpuMs)
  expect(usage?.cpuMs).toBeLessThanOrEqual(after.cpuMs)
  expect(usage?.ageMs).toBeGreaterThanOrEqual(before.ageMs)
  expect(usage?.ageMs).toBeLessThanOrEqual(after.ageMs)
  const { rss } = process.memoryUsage()
  expect(memoryOf([...usages.values()]) / rss).toBeCloseTo(1, 0)
  expect(await measureProcesses([2 ** 22 + 1])).toEqual(new Map())
  expect(await measureProcesses([])).toEqual(new Map())
  expect(
    treesOf(processTable(), new Set([pid]))
      .get(pid)
      ?.map((row) => row.pid),
  ).toContain(pid)
})

test.runIf(process.platform === 'linux')('a process that has ended is left out, reaped or not', async () => {
  // What `sleep` replaces the shell by does not wait for the shell's children.
  const parent = execa('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60'], { reject: false })
  try {
    const [first] = await once(parent.stdout, 'data')
    const ended = Number(String(first))
    const stateOf = (pid: number) => processTable().find((one) => one.pid === pid)?.state
    await expect.poll(() => stateOf(ended), { timeout: 30_000 }).toBe('Z')
    const { pid = 0 } = parent
    expect([...(await measureProcesses([ended, pid])).keys()]).toEqual([pid])
  } finally {
    parent.kill('SIGKILL')
    await parent
  }
})
