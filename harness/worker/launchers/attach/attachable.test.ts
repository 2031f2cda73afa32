import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { startOf } from '../../../processes/process-table.ts'
import { attachable } from './attachable.ts'

test('a process of the user’s own', async () => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' })
  await once(child, 'spawn')
  onTestFinished(() => void child.kill('SIGKILL'))
  const pid = child.pid ?? 0
  expect(attachable('the worker', pid)).toEqual({ pid, started: startOf(pid) })
})

test.each<[string, () => number, string, RegExp]>([
  ['the first one of the machine', () => 1, 'CHAOS_ATTACH_REFUSED', /first process of the whole machine/],
  ['this command', () => process.pid, 'CHAOS_ATTACH_REFUSED', /this command itself, or what started it/],
  ['what started it', () => process.ppid, 'CHAOS_ATTACH_REFUSED', /this command itself, or what started it/],
  ['none', () => spawnSync('true').pid, 'CHAOS_ATTACH_NO_PROCESS', /there is no such process/],
])('not %s', (_, pidOf, code, message) => {
  const pid = pidOf()
  const attach = () => attachable('the worker', pid)
  expect(attach).toThrow(message)
  expect(attach).toThrow(expect.objectContaining({ code, kind: 'usage' }))
})
