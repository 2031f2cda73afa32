import { expect, test } from 'vitest'
import type { CoreTimes } from '../../record/machine.ts'
import type { ProcessRow } from '../process-row.ts'
import { CoreTimesSum, parseSchedstat, readOnce, readThreads } from './core-times.ts'

const row = (pid: number): ProcessRow => ({ pid, parent: 1, group: pid, state: 'S', started: `boot:${pid}` })
const times = (usedMs: number, waitedMs: number): CoreTimes => ({ usedMs, waitedMs })

test('the times of a thread, in milliseconds', () => {
  expect(parseSchedstat('493669681 1590281818 375\n')).toEqual(times(493.669681, 1590.281818))
})

test('only what happens after the first look counts; of new threads and processes everything', () => {
  const threads = new Map([[7, new Map([[7, times(1_000, 500)]])]])
  const sum = new CoreTimesSum()
  const read = (pid: number) => threads.get(pid) ?? new Map<number, CoreTimes>()
  expect(sum.look([row(7)], read)).toEqual(times(0, 0))
  threads.set(7, new Map([[7, times(1_100, 600)], [8, times(5, 6)]])) // prettier-ignore
  threads.set(9, new Map([[9, times(10, 20)]]))
  expect(sum.look([row(7), row(9)], read)).toEqual(times(115, 126))
})

test('the times of a process that has ended stay in the sum', () => {
  const threads = new Map([[7, new Map([[7, times(0, 0)]])]])
  const sum = new CoreTimesSum()
  const read = (pid: number) => threads.get(pid) ?? new Map<number, CoreTimes>()
  sum.look([row(7)], read)
  threads.set(7, new Map([[7, times(30, 40)]]))
  expect(sum.look([row(7)], read)).toEqual(times(30, 40))
  expect(sum.look([], read)).toEqual(times(30, 40))
})

test.runIf(process.platform === 'linux')('a thread that works shows the time it used', () => {
  const used = () => readThreads(process.pid).get(process.pid)?.usedMs ?? Number.NaN
  const before = used()
  expect(before).toBeGreaterThan(0)
  for (let turn = 0; used() === before; turn += 1) Math.sqrt(turn)
  expect(used()).toBeGreaterThan(before)
})

test('a process that is gone has no threads', () => {
  expect(readThreads(2 ** 30)).toEqual(new Map())
})

test('a process is read once in a look, however many sums it is part of', () => {
  const pids: number[] = []
  const read = readOnce((pid) => {
    pids.push(pid)
    return new Map([[pid, times(1, 2)]])
  })
  expect([read(7), read(8), read(7)]).toEqual([7, 8, 7].map((pid) => new Map([[pid, times(1, 2)]])))
  expect(pids).toEqual([7, 8])
})
