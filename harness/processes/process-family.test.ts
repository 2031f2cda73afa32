import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { Deadline } from '../core/deadline.ts'
import { ProcessFamily } from './process-family.ts'

/** A shell with this script, and its family once it has as many members as that. */
async function started(script: string, members: number) {
  const family = new ProcessFamily()
  const env = { PATH: process.env['PATH'], ...family.env }
  const child = spawn('sh', ['-c', script], { detached: true, stdio: 'ignore', env })
  await once(child, 'spawn')
  family.add(child.pid ?? 0)
  onTestFinished(() => void family.kill())
  await Deadline.after(10_000).poll(async () => (family.look().alive >= members ? true : undefined), {
    what: 'the family',
    everyMs: 10,
    code: 'CHAOS_TEST',
  })
  return { family, child }
}

/** Starts a child in a terminal session of its own, as `setsid` does, and leaves it. */
const session = `node -e "require('child_process').spawn('sleep',['60'],{detached:true,stdio:'ignore'}).unref()"`

test.each([
  ['a child', 'sleep 60 & wait', 2],
  ['one with a session of its own', `${session}; sleep 60`, 3],
  ['one whose parent has ended', '(sleep 60 &) ; sleep 60', 3],
  ['one that dropped its environment', 'env -i sleep 60 & wait', 2],
])('a kill ends %s', async (_, script, members) => {
  const { family } = await started(script, members)
  const killed = family.kill()
  await family.gone(Deadline.after(10_000))
  expect(killed.length).toBeGreaterThanOrEqual(members)
  expect(family.look()).toEqual({ alive: 0, stopped: 0, pids: [] })
})

test('what its first process leaves behind is still of the family', async () => {
  const { family, child } = await started(`${session}; exit 0`, 1)
  if (child.exitCode === null) await once(child, 'exit')
  expect(family.look().alive).toBe(1)
  family.kill()
  await family.gone(Deadline.after(10_000))
  expect(family.living()).toEqual([])
})

test('a stop shows on every member, and its end too', async () => {
  const { family } = await started(`${session}; sleep 60`, 3)
  const stopped = await family.signalUntilShown('SIGSTOP', Deadline.after(10_000))
  expect(stopped.stopped).toBe(stopped.alive)
  const resumed = await family.signalUntilShown('SIGCONT', Deadline.after(10_000))
  expect(resumed).toMatchObject({ alive: stopped.alive, stopped: 0 })
})

test('another family is left alone', async () => {
  const { family } = await started('sleep 60 & wait', 2)
  const { family: other } = await started('sleep 60 & wait', 2)
  family.kill()
  await family.gone(Deadline.after(10_000))
  expect(other.look()).toMatchObject({ alive: 2, stopped: 0 })
})
