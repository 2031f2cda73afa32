import { expect, test } from 'vitest'
import type { ProjectWorkload } from '../../config/project/workload-schema.ts'
import { workloadSchema } from '../../config/project/workload-schema.ts'
import { ChaosError } from '../../core/errors.ts'
import { momentPassedCode } from '../../moments/moment.ts'
import type { Explored } from './explored.ts'
import type { GenericFault } from './faults.ts'
import { play, playTwice } from './play.ts'

const explored: Explored = {
  version: 'v',
  workload: 'order',
  ends: [],
  durationMs: 1,
  moments: [],
  queues: {},
}

function workload(more: object): ProjectWorkload {
  return workloadSchema.parse({ type: 'Order', taskQueue: 'q', ...more })
}

/** What a scenario does, in its order. @param reach what waiting for the moment of this workflow comes to */
function world({ reach = async () => {} }: { reach?: (flow: number) => Promise<void> } = {}) {
  const steps: string[] = []
  /** Whose moments must last until the fault. */
  const aims: string[] = []
  let started = 0
  const context = {
    background: <T>(work: Promise<T>) => work,
    async start() {
      started += 1
      const workflowId = `w${started}`
      steps.push(`start ${workflowId}`)
      return {
        workflowId,
        runId: workflowId,
        signal: async () => void steps.push(`signal ${workflowId}`),
        completes: async () => void steps.push(`end ${workflowId}`),
      }
    },
    async reach({ run, lasting }: { run: { workflowId: string }; lasting: boolean }) {
      if (lasting) aims.push(run.workflowId)
      await reach(Number(run.workflowId.slice(1)))
      steps.push(`reach ${run.workflowId}`)
    },
  } as never
  const fault: GenericFault = {
    name: 'restart-server',
    happens: 'it fails',
    serviceIsUp: false,
    worker: null,
    needs: [],
    inject: async () => void steps.push('inject'),
    heal: async () => void steps.push('heal'),
  }
  return { steps, aims, context, fault }
}

const passed = new ChaosError('it came and went', { code: momentPassedCode, kind: 'unmet' })

test('workflows that belong together are started before any is sent a message, and all of them are awaited', async () => {
  const { steps, context, fault } = world()
  const declared = workload({ together: 3, messages: [{ signal: 'approve' }] })
  await play(context, { name: 'order', declared, explored, fault, at: 'message-1' })
  const all = ['w1', 'w2', 'w3']
  expect(steps.slice(0, 4)).toEqual([...all.map((id) => `start ${id}`), 'inject'])
  expect(steps.slice(4).toSorted()).toEqual(
    ['heal', ...all.flatMap((id) => [`signal ${id}`, `end ${id}`])].toSorted(),
  )
})

test('while the service is up, it takes the messages that were due before the heal', async () => {
  const { steps, context, fault } = world()
  const declared = workload({ together: 2, messages: [{ signal: 'approve' }] })
  await play(context, {
    name: 'order',
    declared,
    explored,
    fault: { ...fault, serviceIsUp: true },
    at: 'message-1',
  })
  expect(steps.indexOf('heal')).toBeGreaterThan(steps.indexOf('signal w1'))
  expect(steps.indexOf('heal')).toBeGreaterThan(steps.indexOf('signal w2'))
})

test('a workflow whose message is due only after the heal does not hold it back', async () => {
  const healed = Promise.withResolvers<void>()
  const { steps, context, fault } = world({
    reach: (flow) => (flow === 1 ? Promise.resolve() : healed.promise),
  })
  const declared = workload({ together: 2, messages: [{ at: 'timer 1', signal: 'approve' }] })
  const healing = { ...fault, serviceIsUp: true, heal: async () => healed.resolve(void steps.push('heal')) }
  await play(context, { name: 'order', declared, explored, fault: healing, at: 'message-1' })
  expect(steps.indexOf('signal w2')).toBeGreaterThan(steps.indexOf('heal'))
})

test('the moment of the first workflow counts', async () => {
  const { steps, context, fault } = world()
  await play(context, {
    name: 'order',
    declared: workload({ together: 2 }),
    explored,
    fault,
    at: 'activity-1',
  })
  expect(steps).toEqual(['start w1', 'start w2', 'reach w1', 'inject', 'heal', 'end w1', 'end w2'])
})

test('if the moment came and went, another workflow is started; those before it are judged as well', async () => {
  const { steps, context, fault } = world({
    reach: async (flow) => {
      if (flow < 3) throw passed
    },
  })
  await play(context, { name: 'order', declared: workload({}), explored, fault, at: 'activity-1' })
  expect(steps).toEqual([
    'start w1',
    'start w2',
    'start w3',
    'reach w3',
    'inject',
    'heal',
    'end w1',
    'end w2',
    'end w3',
  ])
})

test('a moment that came and went five times is given up', async () => {
  const { steps, context, fault } = world({ reach: async () => await Promise.reject(passed) })
  const played = play(context, { name: 'order', declared: workload({}), explored, fault, at: 'activity-1' })
  await expect(played).rejects.toBe(passed)
  expect(steps).toEqual(['start w1', 'start w2', 'start w3', 'start w4', 'start w5'])
})

test('a message is sent although its place came and went', async () => {
  const { steps, context } = world({ reach: async () => await Promise.reject(passed) })
  const declared = workload({ together: 2, messages: [{ at: 'activity 1', signal: 'approve' }] })
  await playTwice(context, 'order', declared)
  const turn = (ids: readonly string[]) =>
    ['start', 'signal', 'end'].flatMap((what) => ids.map((id) => `${what} ${id}`))
  expect(steps).toEqual([...turn(['w1', 'w2']), ...turn(['w3', 'w4'])])
})

test('the fault is bound to its own moment, and not to the places of messages to other workflows', async () => {
  const aimsOf = async (at: string, together: number) => {
    const { aims, context, fault } = world()
    const declared = workload({ together, messages: [{ at: 'timer 1', signal: 'approve' }] })
    await play(context, { name: 'order', declared, explored, fault, at })
    return aims
  }
  expect(await aimsOf('activity-2', 3)).toEqual(['w1'])
  expect(await aimsOf('message-1', 3)).toEqual([])
  expect(await aimsOf('message-1', 1)).toEqual(['w1'])
})
