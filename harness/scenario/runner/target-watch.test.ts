import { expect, test } from 'vitest'
import { MemoryTimeline } from '../../../test/support/memory-timeline.ts'
import type { Fault } from '../../faults/fault.ts'
import type { FaultEffect, TargetKind } from '../../record/fault.ts'
import type { Incarnation } from '../../worker/incarnation.ts'
import type { ProcessesSeen } from '../../worker/worker-process.ts'
import { TargetWatch } from './target-watch.ts'

const running: ProcessesSeen = { alive: 2, stopped: 0, pids: [7, 8] }
const halfStopped: ProcessesSeen = { alive: 2, stopped: 1, pids: [7, 8] }
const stopped: ProcessesSeen = { alive: 2, stopped: 2, pids: [7, 8] }
const gone: ProcessesSeen = { alive: 0, stopped: 0, pids: [] }

function faultOf(effect: FaultEffect, kind: TargetKind, name: string): Fault {
  const target = { kind, name }
  return {
    kind: 'own',
    target,
    effect,
    available: () => null,
    inject: async () => ({}),
    heal: async () => {},
  }
}

/** What is seen of a worker that looks like this, one look after the other; the last one stays. */
async function watched(fault: Fault, ...looks: ProcessesSeen[]) {
  const timeline = new MemoryTimeline()
  const left = [...looks]
  const look = async () => (left.length > 1 ? left.shift() : left[0]) ?? gone
  const worker = {
    incarnationOf: (label: string) =>
      label === 'worker-1#1' ? ({ label, process: { look } } as Incarnation) : undefined,
  }
  const asks = new Map([['postgres', async () => 'an answer']])
  const watch = new TargetWatch({ timeline, workers: [worker], asks })
  await watch.struck(fault, 1)
  await watch.lastLook(1)
  return timeline.entries
}

const seen = (what: ProcessesSeen) => ({ kind: 'target-seen', fault: 1, ...what })

test('a dead worker is looked at after its death, and before the run ends', async () => {
  expect(await watched(faultOf('dead', 'worker', 'worker-1#1'), gone)).toMatchObject([seen(gone), seen(gone)])
})

test('an end that shows a little later is waited for', async () => {
  const entries = await watched(faultOf('stopped', 'worker', 'worker-1#1'), running, running, gone)
  expect(entries).toMatchObject([seen(gone), seen(gone)])
})

test('what lives on after a while is what was seen', async () => {
  expect(await watched(faultOf('dead', 'worker', 'worker-1#1'), running)).toMatchObject([
    seen(running),
    seen(running),
  ])
})

test('a freeze must show on all processes, until its heal', async () => {
  const entries = await watched(faultOf('frozen', 'worker', 'worker-1#1'), halfStopped, stopped, running)
  expect(entries).toMatchObject([seen(stopped), seen(running)])
})

test('a service is asked, and of a cut one its link: the harness has a way of its own', async () => {
  expect(await watched(faultOf('dead', 'service', 'postgres'))).toMatchObject([
    { kind: 'target-asked', fault: 1, answered: true },
  ])
  expect(await watched(faultOf('cut', 'service', 'postgres'))).toMatchObject([
    {
      kind: 'target-unwatched',
      fault: 1,
      why: 'the harness cannot ask the link to postgres whether it serves',
    },
  ])
})

test.each([
  ['worker', 'worker-7', 'the run has no worker worker-7'],
  ['service', 'redis', 'the harness cannot ask redis whether it serves'],
] as const)('a %s that nobody knows is not watched', async (kind, name, why) => {
  expect(await watched(faultOf('dead', kind, name))).toMatchObject([
    { kind: 'target-unwatched', fault: 1, why },
  ])
})

test.each([
  ['slow', 'worker', 'worker-1#1'],
  ['refused', 'service', 'postgres'],
  ['dead', 'wire', 'frontend'],
  ['cut', 'dependency', 'payments'],
] as const)('after %s, nothing about a %s can be seen from outside', async (effect, kind, name) => {
  expect(await watched(faultOf(effect, kind, name), running)).toEqual([])
})
