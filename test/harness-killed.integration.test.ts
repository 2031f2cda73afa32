// A harness that is SIGKILLed at any instant leaves no process and no folder behind, even before the next
// start's sweep.
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { deriveSeed } from '../harness/core/seed.ts'
import { chaos, said, type RunningChaos } from './support/chaos.ts'
import { openPlace, type Place } from './support/place.ts'
import { recorded } from './support/recorded.ts'

const kills = 20
/** A whole campaign of one run: start-up, the fault, the reports. */
const campaignLastsMs = 11_000
const goneWithinMs = 5_000

/** A running campaign that is killed by SIGKILL once `reached` resolves. */
async function killedWhen(
  place: Place,
  reached: (running: RunningChaos) => Promise<unknown>,
): Promise<Awaited<RunningChaos>> {
  const running = chaos(place, 'kill-worker-mid-sleep', '--runs', '1')
  await reached(running)
  running.kill('SIGKILL')
  return await running
}

async function nothingIsLeft(place: Place): Promise<void> {
  const left = () => [place.processes(), place.folders()]
  await vi.waitFor(() => expect(left()).toEqual([[], []]), { timeout: goneWithinMs, interval: 50 })
}

describe('the harness killed', () => {
  const instants = Array.from(
    { length: kills },
    (_, index) => deriveSeed('harness-killed', index) % campaignLastsMs,
  )
  test.concurrent.each(instants)('after %d ms leaves nothing', async (instantMs) => {
    await using place = await openPlace()
    const { signal, exitCode } = await killedWhen(place, () => delay(instantMs))
    // At late instants the campaign may have ended. Then it must have passed.
    expect([signal, exitCode]).toEqual(signal === undefined ? [undefined, 0] : ['SIGKILL', undefined])
    await nothingIsLeft(place)
  })

  const phases: [string, (running: RunningChaos, place: Place) => Promise<unknown>][] = [
    ['while the database starts', (running) => said(running, /starting PostgreSQL/)],
    ['while the server starts', (running) => said(running, /starting the Temporal server/)],
    [
      'while a worker starts',
      (_, place) => recorded(place, (entry) => entry.kind === 'incarnation' && entry.phase === 'spawned'),
    ],
    ['when the fault strikes', (_, place) => recorded(place, ({ kind }) => kind === 'fault')],
    [
      'while the next incarnation starts',
      (_, place) => recorded(place, (entry) => entry.kind === 'incarnation' && entry.incarnation === 2),
    ],
    ['while it makes observations', (_, place) => recorded(place, ({ kind }) => kind === 'ended')],
    ['while it writes reports', (running) => said(running, /kill-worker-mid-sleep #1 /)],
  ]
  test.each(phases)('%s leaves nothing', async (_, reached) => {
    await using place = await openPlace()
    const { signal } = await killedWhen(place, (running) => reached(running, place))
    expect(signal).toBe('SIGKILL')
    await nothingIsLeft(place)
  })
})
