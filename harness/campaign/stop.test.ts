import { expect, test } from 'vitest'
import { ChaosError } from '../core/errors.ts'
import type { Verdict } from '../result/campaign-result.ts'
import { defineScenario } from '../scenario/scenario.ts'
import { planCampaign, type CampaignPlan } from './plan.ts'
import { interruptedBy, stopAfter } from './stop.ts'

const scenario = defineScenario({ name: 'demo', promise: 'x', run: async () => {} })
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

const reason = new ChaosError('interrupted by SIGINT', { code: 'CHAOS_INTERRUPTED' })
const notEnded = new ChaosError('processes 7 do not end on SIGKILL', {
  code: 'CHAOS_SESSION_NOT_ENDED',
  hint: 'the next start looks for them again',
})
const unsaved = new Error('ENOSPC')
const refused = new Error('connection refused')
const told =
  'interrupted by SIGINT; then, cleaning up: processes 7 do not end on SIGKILL [CHAOS_SESSION_NOT_ENDED]'

test.for([
  ['nothing else', reason, false, reason.message],
  ['what failed because of it', refused, false, reason.message],
  ['that all runs had ended, and that the cleaning failed', notEnded, true, told],
  ['that all runs had ended, and the cleaning too', reason, true, reason.message],
  ['what failed in the cleaning', new SuppressedError(notEnded, reason), false, told],
  ['that, after what failed because of it', new SuppressedError(notEnded, refused), false, told],
  [
    'all that failed in the cleaning',
    new SuppressedError(notEnded, new SuppressedError(unsaved, reason)),
    false,
    'interrupted by SIGINT; then, cleaning up: ENOSPC [CHAOS_UNEXPECTED]; processes 7 do not end on SIGKILL [CHAOS_SESSION_NOT_ENDED]',
  ],
] as const)('an interruption tells: %s', ([, thrown, wasOver, message]) => {
  const error = interruptedBy(reason, thrown, wasOver)
  expect(error).toMatchObject({ code: 'CHAOS_INTERRUPTED', kind: 'harness', message })
  expect(error.hint).toBe(message.includes('SESSION') ? notEnded.hint : undefined)
})
