// There is one way to inject a fault: the run reacts the same way to built-in and user-written faults.
import path from 'node:path'
import { expect, test } from 'vitest'
import {
  activityStarted,
  defineScenario,
  killWorker,
  pauseWorker,
  readRecord,
  type ScenarioContext,
} from '../harness/index.ts'
import { entriesOf } from '../harness/record/timeline.ts'
import { longActivity } from '../workflows/workloads.ts'
import { asleep } from '../controls/shared/steps.ts'
import { runTestCampaign, type TestCampaign } from './support/campaign.ts'

/** The timeline of one run of a scenario without probes. */
async function timelineOf(
  run: (context: ScenarioContext) => Promise<void>,
  flags: TestCampaign['flags'] = {},
) {
  const scenario = defineScenario({ name: 'inject', promise: 'There is one way.', probes: false, run })
  await using outcome = await runTestCampaign({ scenarios: [scenario], flags })
  const { timeline } = await readRecord(path.join(outcome.folder, 'runs', 'inject', '1'))
  expect(entriesOf(timeline, 'error')).toEqual([])
  return timeline
}

test('a fault that kills the worker plays the supervisor and records the running activities', async () => {
  const timeline = await timelineOf(
    async ({ worker, start, reach, inject }) => {
      const count = await start(longActivity, { steps: 6, stepMs: 250 })
      await reach(activityStarted(count))
      await inject(killWorker(worker.handle))
      await worker.restart()
      await count.completes()
    },
    { profile: 'supervised' },
  )
  expect(entriesOf(timeline, 'running-activity')).toMatchObject([{ faultIndex: 1, attempt: 1 }])
  const steps = entriesOf(timeline, 'step').map(({ name }) => name)
  expect(steps).toContain('the supervisor frees the sticky queues of 1 workflows')
})

test('resume ends the pause of the paused incarnation, not of the one started later', async () => {
  const timeline = await timelineOf(async (run) => {
    const demo = await asleep(run)
    await run.inject(pauseWorker(run.worker.handle))
    await run.worker.startNext()
    await run.worker.resume()
    await demo.completes()
  })
  const [first] = entriesOf(timeline, 'incarnation')
  expect(entriesOf(timeline, 'serving')).toMatchObject([
    { target: first?.identity, evidence: { pid: first?.pid } },
  ])
})
