import { expect, test } from 'vitest'
import { onAbort } from './on-abort.ts'

test('it acts once, when the signal is aborted', () => {
  const abort = new AbortController()
  const acts: string[] = []
  using _ = onAbort(abort.signal, () => acts.push('act'))
  expect(acts).toEqual([])
  abort.abort()
  abort.abort()
  expect(acts).toEqual(['act'])
})

test('it acts at once if the signal was aborted before: no event would come', () => {
  const acts: string[] = []
  using _ = onAbort(AbortSignal.abort(), () => acts.push('act'))
  expect(acts).toEqual(['act'])
})

test('after its disposal it does not act any more', () => {
  const abort = new AbortController()
  const acts: string[] = []
  onAbort(abort.signal, () => acts.push('act'))[Symbol.dispose]()
  abort.abort()
  expect(acts).toEqual([])
})
