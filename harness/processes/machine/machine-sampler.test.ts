import { expect, onTestFinished, test } from 'vitest'
import type { CoreTimes, MachineLine } from '../../record/machine.ts'
import type { ProcessRow } from '../process-row.ts'
import { MachineSampler, type MachineSamplerOptions } from './machine-sampler.ts'

const row = (pid: number, parent: number): ProcessRow => ({
  pid,
  parent,
  group: pid,
  state: 'S',
  started: 'x',
})

/** A machine whose clock tests set, with the harness, a worker with a child, another run's worker, a database and a stranger. */
function machine(options: MachineSamplerOptions = {}) {
  const now = { ms: 100_000 }
  const usedMs = new Map([
    [process.pid, 0],
    [10, 0],
    [11, 0],
    [12, 0],
    [20, 0],
    [30, 0],
  ])
  const threads = (pid: number) =>
    new Map<number, CoreTimes>([[pid, { usedMs: usedMs.get(pid) ?? 0, waitedMs: 0 }]])
  const sampler = new MachineSampler({
    nowMs: () => now.ms,
    load: () => ({ load: 2, cores: { busyMs: 7, stolenMs: 8 }, pressureMs: { cpu: 1, io: 2, memory: 3 } }),
    table: () => [
      row(process.pid, 1),
      row(10, process.pid),
      row(11, 10),
      row(12, process.pid),
      row(30, process.pid),
      row(20, 1),
    ],
    threads,
    ...options,
  })
  onTestFinished(() => sampler[Symbol.dispose]())
  const lines: MachineLine[] = []
  const watch = sampler.watch({
    own: () => [{ name: 'worker-1', pid: 10 }],
    shared: () => [{ name: 'postgres', pid: 30 }],
    nowMs: () => now.ms - 100_000,
    write: (line) => lines.push(line),
  })
  return { now, usedMs, sampler, lines, watch }
}

test('samples begin at once, come twice a second, and are on the run’s clock', () => {
  const { now, sampler, lines } = machine()
  for (let beat = 0; beat < 24; beat += 1) {
    now.ms += 50
    sampler.beat()
  }
  expect(lines.map((line) => (line.kind === 'sample' ? line.atMs : line))).toEqual([0, 500, 1_000])
  expect(lines[0]).toMatchObject({
    load: 2,
    cores: { busyMs: 7, stolenMs: 8 },
    pressureMs: { cpu: 1, io: 2, memory: 3 },
  })
})

test('what serves the run alone, what serves others too, and what the whole campaign uses', () => {
  const { usedMs, lines, watch } = machine()
  const used = [[process.pid, 1], [10, 20], [11, 300], [12, 4_000], [20, 50_000], [30, 600_000]] as const // prettier-ignore
  for (const [pid, ms] of used) usedMs.set(pid, ms)
  watch.sample()
  expect(lines.at(-1)).toMatchObject({
    own: { usedMs: 320, waitedMs: 0 },
    shared: { usedMs: 600_001, waitedMs: 0 },
    campaignUsedMs: 604_321,
  })
})

test('a standstill of the harness is told with its time', () => {
  const { now, sampler, lines } = machine()
  now.ms += 50
  sampler.beat()
  now.ms += 6_000
  sampler.beat()
  expect(lines.slice(1)).toEqual([
    { kind: 'standstill', fromMs: 50, untilMs: 6_050 },
    expect.objectContaining({ kind: 'sample', atMs: 6_050, lateMs: 5_950 }),
  ])
})

test('nothing is written after the watch is over', () => {
  const { now, sampler, lines, watch } = machine()
  watch[Symbol.dispose]()
  now.ms += 6_000
  sampler.beat()
  expect(lines).toHaveLength(1)
})

test('a machine that cannot be read is told, and harms nothing', () => {
  const { lines, watch } = machine({
    load: () => {
      throw new Error('too many open files')
    },
  })
  watch.sample()
  expect(lines).toEqual([])
  expect(watch.unobserved).toMatch(/the machine's load could not be read: too many open files|does not tell/)
})

test('this machine is observed for real: the harness uses its core', () => {
  const lines: MachineLine[] = []
  using sampler = new MachineSampler()
  using watch = sampler.watch({
    own: () => [],
    shared: () => [],
    nowMs: () => 0,
    write: (line) => lines.push(line),
  })
  const used = () => {
    watch.sample()
    const last = lines.at(-1)
    return last?.kind === 'sample' ? (last.shared?.usedMs ?? 1) : 0
  }
  for (let turn = 0; turn < 10_000 && used() === 0; turn += 1);
  expect(used()).toBeGreaterThan(0)
})
