import { activityHeartbeat, defineScenario } from 'temporal-chaos'
import { countedKey } from '../workflows/long-activity.ts'
import { longActivity } from '../workflows/workloads.ts'

export default defineScenario({
  name: 'kill-worker-mid-activity',
  promise: 'An activity goes on from its last heartbeat when its worker dies.',
  suites: ['smoke', 'gate', 'full'],
  async run({ worker, start, reach, choose, effectOf, expectThat, profile }) {
    const drawn = choose.integer('steps before the kill', 2, 5)
    // Without a heartbeat timeout the SDK delays all heartbeats but the first by up to half a minute.
    const finished = profile.activity.heartbeatTimeout === undefined ? 0 : drawn
    const count = await start(longActivity, { steps: 10, stepMs: 300 })
    await reach(activityHeartbeat(count, { finished }))
    await worker.kill()
    await worker.restart()
    await count.completes()
    if (finished === 0) return // after only the first heartbeat there is no progress to continue from
    const counted = effectOf(countedKey(count.workflowId))?.payload as { beganAt: number[] } | undefined
    expectThat(
      `the next attempt began at step ${finished} or later`,
      (counted?.beganAt.at(-1) ?? 0) >= finished,
    )
  },
})
