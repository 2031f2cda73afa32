import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainSession } from '../../../../test/support/plain-session.ts'
import { askPid, attachPlace } from './ask-pid.ts'

const { signal } = new AbortController()
const place = attachPlace(plainSession, '/', { PATH: process.env['PATH'], TEMPORAL_ADDRESS: 'staging:7233' })

let worker: ChildProcess
beforeAll(async () => {
  worker = spawn('sleep', ['60'], { stdio: 'ignore' })
  await once(worker, 'spawn')
})
afterAll(() => void worker.kill('SIGKILL'))

function ask(pid: number | readonly string[]) {
  const named = typeof pid === 'number' ? pid : { command: [...pid], cwd: '.', env: {} }
  return askPid('the worker', { pid: named }, place, signal)
}

test('its commands get the user’s environment, with what leads a worker to its own cluster', () => {
  expect(place.env).toMatchObject({ PATH: expect.any(String), TEMPORAL_ADDRESS: 'staging:7233' })
})

test('a pid, or a command that prints one', async () => {
  expect(await ask(worker.pid ?? 0)).toMatchObject({ pid: worker.pid })
  expect(await ask(['echo', String(worker.pid)])).toMatchObject({ pid: worker.pid })
})

describe('a command that prints no pid is told with what it said', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['nothing', ['true'], /ended with exit code 0 and printed nothing/],
    ['two', ['echo', '12 13'], /one number: it ended with exit code 0 and printed \n12 13/],
    ['none yet', ['echo', '0'], /printed \n0/],
    ['it failed', ['sh', '-c', 'echo no such unit >&2; exit 3'], /exit code 3 and printed \nno such unit/],
  ])('%s', async (_, command, message) => {
    const asked = ask(command)
    await expect(asked).rejects.toThrow(message)
    await expect(asked).rejects.toMatchObject({ code: 'CHAOS_ATTACH_NO_PID', kind: 'usage' })
  })
})
