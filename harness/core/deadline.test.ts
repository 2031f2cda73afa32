import { describe, expect, test } from 'vitest'
import { Deadline } from './deadline.ts'
import { ChaosError } from './errors.ts'

const waiting = { what: 'the moon', code: 'CHAOS_TEST', kind: 'assumption', hint: 'Look up.' } as const

describe('Deadline', () => {
  test('poll returns the first value that is not undefined', async () => {
    let tries = 0
    const attempt = async () => ((tries += 1) === 3 ? 'there' : undefined)
    await expect(Deadline.after(5_000).poll(attempt, { ...waiting, everyMs: 1 })).resolves.toBe('there')
    expect(tries).toBe(3)
  })

  test('poll says what it waited for and why the last attempt failed', async () => {
    const failing = Deadline.after(20).poll(() => Promise.reject(new Error('clouds')), {
      ...waiting,
      everyMs: 1,
    })
    await expect(failing).rejects.toThrow(/^waited \d+\.\d s for the moon; last: clouds$/)
    await expect(failing).rejects.toMatchObject({ code: 'CHAOS_TEST', kind: 'assumption', hint: 'Look up.' })
  })

  test('poll rethrows at once an error that makes another attempt pointless', async () => {
    const fatal = new Error('no sky')
    const stopOn = (thrown: unknown) => thrown === fatal
    let tries = 0
    const attempt = () => {
      tries += 1
      return Promise.reject(fatal)
    }
    await expect(Deadline.after(5_000).poll(attempt, { ...waiting, everyMs: 1, stopOn })).rejects.toBe(fatal)
    expect(tries).toBe(1)
  })

  test('poll abandons an attempt that never answers, and signals it', async () => {
    let told: AbortSignal | undefined
    const hanging = Deadline.after(20).poll(
      (signal) => {
        told = signal
        return new Promise<never>(() => {})
      },
      { ...waiting, everyMs: 1 },
    )
    await expect(hanging).rejects.toThrow(/^waited \d+\.\d s for the moon$/)
    expect(told?.aborted).toBe(true)
  })

  test('an attempt that never answers ends with the signal', async () => {
    const interrupted = new AbortController()
    const reason = new Error('interrupted')
    const hanging = Deadline.after(60_000, interrupted.signal).poll(() => new Promise<never>(() => {}), {
      ...waiting,
      everyMs: 1,
    })
    interrupted.abort(reason)
    await expect(hanging).rejects.toBe(reason)
  })

  test('an error that an attempt throws because of the signal does not stop the poll', async () => {
    const interrupted = new AbortController()
    const reason = new Error('interrupted')
    const cancelled = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('cancelled')))
      })
    const polling = Deadline.after(60_000, interrupted.signal).poll(cancelled, {
      ...waiting,
      everyMs: 1,
      stopOn: () => true,
    })
    interrupted.abort(reason)
    await expect(polling).rejects.toBe(reason)
  })

  test('race ends with the promise, or with the deadline', async () => {
    await expect(Deadline.after(5_000).race(Promise.resolve(7), waiting)).resolves.toBe(7)
    const never = new Promise<never>(() => {})
    await expect(Deadline.after(5).race(never, waiting)).rejects.toBeInstanceOf(ChaosError)
  })

  test('an aborted signal ends poll and race with its reason', async () => {
    const interrupted = new AbortController()
    const reason = new ChaosError('interrupted', { code: 'CHAOS_INTERRUPTED' })
    const deadline = Deadline.after(60_000, interrupted.signal)
    const racing = deadline.race(new Promise<never>(() => {}), waiting)
    const polling = deadline.poll(async () => undefined, { ...waiting, everyMs: 1 })
    interrupted.abort(reason)
    await expect(racing).rejects.toBe(reason)
    await expect(polling).rejects.toBe(reason)
  })

  test('a deadline within another never outlives it', () => {
    expect(Deadline.after(50).within(60_000).remainingMs).toBeLessThanOrEqual(50)
    expect(Deadline.after(60_000).within(50).remainingMs).toBeLessThanOrEqual(50)
  })
})
