import { expect, test } from 'vitest'
import type { Exit, Session, Spawned } from './session.ts'
import { UnderTest } from './under-test.ts'

/** A session whose processes end when they are told to. */
function sessionOf(...pids: number[]) {
  const ends: (() => void)[] = []
  const session = {
    id: 'id',
    folder: '/nowhere',
    async spawn() {
      const { promise, resolve } = Promise.withResolvers<Exit>()
      ends.push(() => resolve({ code: 0, signal: null, atMs: 1 }))
      return { pid: pids.shift() ?? 0, exit: null, exited: promise } as unknown as Spawned
    },
    holdFrozen: () => () => {},
    [Symbol.asyncDispose]: async () => {},
  } satisfies Session
  return { session, ends }
}

test('what was started for the test is under it until it ends, and nothing else of the session', async () => {
  const { session, ends } = sessionOf(11, 12, 13)
  const tested = new UnderTest(session)
  await tested.session.spawn('postgres', [])
  await session.spawn()
  await tested.session.spawn('worker', [])
  expect(tested.pids).toEqual([11, 13])
  ends[0]?.()
  await expect.poll(() => tested.pids).toEqual([13])
  expect(tested.session).toMatchObject({ id: 'id', folder: '/nowhere' })
})
