// The harness SIGKILLed at any instant leaves no process and no folder behind, without a next start to sweep.
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { Deadline } from '../harness/deadline.ts'
import { deriveSeed } from '../harness/scenario/seed.ts'
import { chaos } from './support/chaos.ts'
import { openPlace } from './support/place.ts'

const kills = 20
/** A whole campaign of one run: start-up, the fault, the reports. */
const campaignLastsMs = 11_000
const goneWithinMs = 5_000

describe('the harness killed', () => {
  const instants = Array.from(
    { length: kills },
    (_, index) => deriveSeed('harness-killed', index) % campaignLastsMs,
  )
  test.concurrent.each(instants)('after %d ms leaves nothing', async (instantMs) => {
    await using place = await openPlace()
    const running = chaos(place, '--runs', '1')
    await delay(instantMs)
    running.kill('SIGKILL')
    const { signal, exitCode } = await running
    // Late instants may find it ended: then it must have ended well.
    expect([signal, exitCode]).toEqual(signal === undefined ? [undefined, 0] : ['SIGKILL', undefined])
    await Deadline.after(goneWithinMs).poll(
      async () => (place.processes().length + place.folders().length === 0 ? true : undefined),
      {
        what: `nothing to be left: ${JSON.stringify([place.processes(), place.folders()])}`,
        everyMs: 50,
        code: 'CHAOS_TEST_LEFTOVERS',
      },
    )
  })
})
