import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { processTable, startOf } from '../../processes/process-table.ts'
import { AttachedProcess } from './attached-process.ts'

/** A process of a shell that the harness has not started, and what the guard was told of it. */
async function attachedTo(script: string) {
  const child = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] })
  await once(child.stdout, 'data')
  onTestFinished(() => void child.kill('SIGKILL'))
  const pid = child.pid ?? 0
  const said: string[] = []
  const holdFrozen = () => {
    said.push('frozen')
    return () => void said.push('resumed')
  }
  const target = { pid, started: startOf(pid) ?? '' }
  const keepLog = async () => void said.push('log')
  const worker = new AttachedProcess({ target, session: { holdFrozen }, wasRunning: true, keepLog })
  return { worker, said, child, stateOf: () => processTable().find((row) => row.pid === pid)?.state }
}

const family = 'sleep 60 & echo up; wait'

test('is killed with all below it, and the end is seen though it is nobody’s child', async () => {
  const { worker, said } = await attachedTo(family)
  expect(await worker.kill()).toEqual({ pid: worker.pid, processes: 2 })
  expect(await worker.exited).toMatchObject({ code: null, signal: null })
  expect(await worker.endEvidence()).toEqual({ pid: worker.pid, left: 0 })
  await worker.release()
  // While all of it was stopped, the guard knew.
  expect(said).toEqual(['frozen', 'resumed', 'log'])
})

test('is left running when the run is over, also if it was frozen then', async () => {
  const { worker, said, stateOf } = await attachedTo(family)
  expect(await worker.pause()).toEqual({ pid: worker.pid, processes: 2, state: 'T' })
  expect(stateOf()).toBe('T')
  await worker.release()
  expect(stateOf()).not.toBe('T')
  expect(worker.exit).toBeNull()
  expect(said).toEqual(['frozen', 'resumed', 'log'])
  await worker.kill()
})

test('its own end is seen', async () => {
  const { worker, child } = await attachedTo('echo up; sleep 60')
  child.kill('SIGKILL')
  expect(await worker.exited).toMatchObject({ code: null, signal: null })
  await worker.kill()
})

test('was started before now', async () => {
  const { worker } = await attachedTo('echo up; sleep 60')
  expect(worker.attached.wasRunning).toBe(true)
  expect(worker.attached.startedWallMs).toBeLessThanOrEqual(Date.now())
  expect(Date.now() - worker.attached.startedWallMs).toBeLessThan(60_000)
  await worker.kill()
})
