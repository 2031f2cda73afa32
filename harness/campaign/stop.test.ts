import { expect, test } from 'vitest'
import type { Verdict } from '../record/timing.ts'
import { defineScenario } from '../scenario/scenario.ts'
import { planCampaign, type CampaignPlan } from './plan.ts'
import { stopAfter } from './stop.ts'

const scenario = defineScenario({ name: 'demo', promise: 'x', story: async () => {} })
const settings = { run: undefined, budget: undefined }
const fixed = planCampaign([scenario], { ...settings, runs: 1 }, 7, 'process')
const soak = planCampaign([scenario], { ...settings, runs: undefined, for: 1_000 }, 7, 'process')
const [planned] = fixed.runs

function stop(plan: CampaignPlan, verdict: Verdict, flags: { bail?: boolean; keepGoing?: boolean } = {}) {
  if (planned === undefined) throw new Error('nothing is planned')
  return stopAfter(planned, verdict, plan, { bail: false, keepGoing: false, ...flags })
}

test.for([
  ['a campaign, after a failure', stop(fixed, 'fail')],
  ['with --bail, after a pass', stop(fixed, 'pass', { bail: true })],
  ['a soak, after a pass', stop(soak, 'pass')],
  ['a soak, where nothing was tested', stop(soak, 'error')],
  ['with --keep-going, a soak after a broken promise', stop(soak, 'fail', { keepGoing: true })],
] as const)('it goes on: %s', ([, stopped]) => {
  expect(stopped).toBeNull()
})

test.for([
  ['with --bail, at a failure', stop(fixed, 'fail', { bail: true }), 'did not pass (--bail)'],
  ['with --bail, where nothing was tested', stop(fixed, 'inconclusive', { bail: true }), 'did not pass'],
  ['a soak, at the first broken promise', stop(soak, 'fail'), 'broke its promise (--keep-going goes on)'],
] as const)('it stops: %s', ([, stopped, message]) => {
  expect(stopped).toMatchObject({
    reason: 'bail',
    error: { message: expect.stringContaining(`stopped at demo #1, which ${message}`) },
  })
})
