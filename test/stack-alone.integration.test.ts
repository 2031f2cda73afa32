// Scenarios that strike the stack get it alone, whatever else is in the campaign, and hand it on healed.
import { expect, test } from 'vitest'
import { defineScenario } from '../harness/index.ts'
import { asleep } from './support/asleep.ts'
import { runTestCampaign } from './support/campaign.ts'

const worker = defineScenario({
  name: 'worker',
  promise: 'A worker may die.',
  async story(story) {
    const demo = await asleep(story)
    await story.worker.kill()
    await story.worker.restart()
    await demo.completes()
  },
})

const server = defineScenario({
  name: 'server',
  promise: 'The server may die.',
  strikes: 'stack',
  async story(story) {
    const demo = await asleep(story)
    await story.server.kill()
    await story.server.start()
    await demo.completes()
  },
})

/** Leaves the server stopped by SIGSTOP: the run's end has to heal it. */
const careless = defineScenario({
  name: 'careless',
  promise: 'What a story leaves broken is healed.',
  strikes: 'stack',
  async story(story) {
    await asleep(story)
    await story.server.pause()
    throw new Error('the story ends here')
  },
})

const trespassing = defineScenario({
  name: 'trespassing',
  promise: 'A shared stack is not struck.',
  async story(story) {
    await story.server.kill()
  },
})

test('the stack is struck by one run at a time and healed after each', async () => {
  const running = new Set<string>()
  const together: string[] = []
  const scenarios = [server, careless, worker, trespassing]
  await using outcome = await runTestCampaign({
    scenarios,
    flags: { runs: 2, concurrency: 4 },
    async onEvent(event) {
      if (event.type === 'run-started') {
        const { scenario, run } = event.planned
        running.add(`${scenario.name} ${run}`)
        if (scenario.strikes === 'stack') together.push([...running].join(', '))
      } else if (event.type === 'run-finished') {
        running.delete(`${event.planned.scenario.name} ${event.planned.run}`)
      }
    },
  })
  expect(together).toEqual(['server 1', 'server 2', 'careless 1', 'careless 2'])
  expect(outcome.stopped).toBeNull()
  const verdicts = Object.fromEntries(
    outcome.result.scenarios.map(({ name, runs }) => [
      name,
      runs.map(({ verdict, reason }) => reason ?? verdict),
    ]),
  )
  expect(verdicts).toEqual({
    server: ['pass', 'pass'],
    worker: ['pass', 'pass'],
    careless: ['the story ends here', 'the story ends here'],
    trespassing: Array(2).fill(
      'trespassing asks for temporal-server but does not say that it strikes the stack',
    ),
  })
})
