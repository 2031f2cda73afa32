import { expect, test } from 'vitest'
import { Deadline } from '../../core/deadline.ts'
import { BackgroundWork } from './background-work.ts'

const begin = (signal?: AbortSignal) => new BackgroundWork(Deadline.after(60_000, signal))

function untilAborted({ signal }: Deadline): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve())
  })
}

test('the end waits for the work of the scenario and for what the harness requires', async () => {
  await using background = begin()
  const scenario = Promise.withResolvers<string>()
  const required = Promise.withResolvers<void>()
  const order: string[] = []
  expect(background.add(scenario.promise)).toBe(scenario.promise)
  background.require(() => required.promise)
  const finished = background.finish().then(() => order.push('finished'))
  order.push('scenario')
  scenario.resolve('done')
  await scenario.promise
  order.push('required')
  required.resolve()
  await finished
  expect(order).toEqual(['scenario', 'required', 'finished'])
})

test.each(['add', 'require'] as const)(
  'a failure of work by %s is thrown at the end, not before',
  async (how) => {
    await using background = begin()
    const failing = Promise.reject(new Error('it failed'))
    if (how === 'add') void background.add(failing)
    else background.require(() => failing)
    await new Promise(setImmediate)
    await expect(background.finish()).rejects.toThrow('it failed')
  },
)

test('the end does not wait for mere watching, and disposing ends it', async () => {
  const background = begin()
  let isOver = false
  background.watch((deadline) => untilAborted(deadline).then(() => (isOver = true)))
  background.watch(() => Promise.reject(new Error('of no interest')))
  await background.finish()
  expect(isOver).toBe(false)
  await background[Symbol.asyncDispose]()
  expect(isOver).toBe(true)
})

test('required work ends with the run', async () => {
  const run = new AbortController()
  await using background = begin(run.signal)
  background.require(untilAborted)
  const finished = background.finish()
  run.abort()
  await expect(finished).resolves.toBeUndefined()
})
