import { describe, expect, test } from 'vitest'
import { sampleResult, sampleRun, sampleScenario } from '../../test/support/campaign-results.ts'
import type { CampaignResult } from '../result/campaign-result.ts'
import { ReportWriter, type Timers } from './report-writer.ts'

function resultAfter(runs: number): CampaignResult {
  return sampleResult([sampleScenario(Array.from({ length: runs }, (_, index) => sampleRun(index + 1)))], 50)
}

describe('ReportWriter', () => {
  /** A writer whose writes take `writeMs`. Its time passes only by these writes and by `pass`. */
  function watched(writeMs: number) {
    const written: number[] = []
    const failures: Error[] = []
    let nowMs = 0
    let due: { readonly atMs: number; readonly work: () => void } | undefined
    const timers: Timers = {
      nowMs: () => nowMs,
      later(ms, work) {
        due = { atMs: nowMs + ms, work }
        return () => (due = undefined)
      },
    }
    async function write({ gate }: CampaignResult): Promise<void> {
      nowMs += writeMs
      await new Promise(setImmediate)
      const failure = failures.shift()
      if (failure !== undefined) throw failure
      written.push(gate.executed)
    }
    async function pass(ms: number): Promise<void> {
      nowMs += ms
      if (due === undefined || due.atMs > nowMs) return
      const { work } = due
      due = undefined
      work()
      for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate)
    }
    return {
      writer: new ReportWriter(write, timers),
      written,
      failures,
      pass,
      isDue: () => due !== undefined,
    }
  }

  test('has a result on disk when its update resolves, if the last write was long ago', async () => {
    const { writer, written, pass } = watched(5)
    for (const runs of [1, 2, 3]) {
      await writer.update(resultAfter(runs))
      expect(written).toHaveLength(runs)
      await pass(50)
    }
  })

  test('rests ten times as long as it wrote, then writes only the newest result', async () => {
    const { writer, written, pass } = watched(500)
    await writer.update(resultAfter(1))
    for (const runs of [2, 3, 4]) await writer.update(resultAfter(runs))
    await pass(4_999)
    expect(written).toEqual([1])
    await pass(1)
    expect(written).toEqual([1, 4])
  })

  test('after a rest, writes a result that came during a write', async () => {
    const { writer, written, pass } = watched(5)
    const first = writer.update(resultAfter(1))
    await writer.update(resultAfter(2))
    expect(written).toEqual([])
    await first
    expect(written).toEqual([1])
    await pass(50)
    expect(written).toEqual([1, 2])
  })

  test('writes the last result at once and after everything else', async () => {
    const { writer, written, isDue } = watched(500)
    await writer.update(resultAfter(1))
    await writer.update(resultAfter(2))
    await writer.finish(resultAfter(3))
    expect(written).toEqual([1, 3])
    expect(isDue()).toBe(false)
  })

  test('a running write ends before the last one begins, and a waiting result is dropped', async () => {
    const { writer, written, isDue } = watched(500)
    const first = writer.update(resultAfter(1))
    await writer.update(resultAfter(2))
    await writer.finish(resultAfter(3))
    await first
    expect(written).toEqual([1, 3])
    expect(isDue()).toBe(false)
  })

  test('the next update throws the error of a result that had to wait', async () => {
    const { writer, failures, pass } = watched(5)
    await writer.update(resultAfter(1))
    failures.push(new Error('disk full'))
    await writer.update(resultAfter(2))
    await pass(50)
    await expect(writer.update(resultAfter(3))).rejects.toThrow('disk full')
  })

  test('continues after a failure', async () => {
    const { writer, written, failures } = watched(5)
    failures.push(new Error('disk full'))
    await expect(writer.update(resultAfter(1))).rejects.toThrow('disk full')
    failures.push(new Error('still full'))
    await expect(writer.finish(resultAfter(2))).rejects.toThrow('still full')
    await writer.finish(resultAfter(2))
    expect(written).toEqual([2])
  })
})
