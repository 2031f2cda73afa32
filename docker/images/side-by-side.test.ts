import { expect, test } from 'vitest'
import { allOrNone, inLanes } from './side-by-side.ts'

test('what goes on side by side is told on one line, and what has ended is not', () => {
  const told: string[] = []
  const slot = inLanes((text) => told.push(text))
  const base = slot()
  const images = slot()
  base('making Debian, 1 s')
  images('building Temporal, 1 s')
  base('making Debian, 2 s')
  base('')
  images('')
  expect(told).toEqual([
    'making Debian, 1 s',
    'making Debian, 1 s; building Temporal, 1 s',
    'making Debian, 2 s; building Temporal, 1 s',
    'building Temporal, 1 s',
  ])
})

test('a failure ends the others, which are waited for, and is what is thrown', async () => {
  const log: string[] = []
  const failing = allOrNone(new AbortController().signal, (signal) => [
    new Promise<void>((_, reject) => {
      signal.addEventListener('abort', () => {
        setImmediate(() => {
          log.push('ended')
          reject(signal.reason as Error)
        })
      })
    }),
    Promise.reject(new Error('no network')),
  ])
  await expect(failing).rejects.toThrow('no network')
  expect(log).toEqual(['ended'])
})

test('an interruption ends all of it', async () => {
  const interrupted = new AbortController()
  const going = allOrNone(interrupted.signal, (signal) => [
    new Promise<void>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error))
    }),
  ])
  interrupted.abort(new Error('interrupted by SIGINT'))
  await expect(going).rejects.toThrow('interrupted by SIGINT')
})
