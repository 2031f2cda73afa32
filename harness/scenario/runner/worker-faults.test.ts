import { expect, test } from 'vitest'
import type { Fault } from '../../faults/fault.ts'
import type { FaultEffect, TargetKind } from '../../record/fault.ts'
import type { Incarnation } from '../../worker/incarnation.ts'
import { workerFaultHooks } from './worker-faults.ts'

/** The run's reactions to a fault that a user wrote; each of its two workers was started twice. */
function around(effect: FaultEffect, name = 'worker-1#1', kind: TargetKind = 'worker') {
  const done: string[] = []
  const workers = ['worker-1', 'orders'].map((its) => {
    const incarnations = [1, 2].map((number) => ({ label: `${its}#${number}` }) as Incarnation)
    return {
      its,
      incarnationOf: (wanted: string) => incarnations.find(({ label }) => label === wanted),
      markExitExpected: (incarnation?: Incarnation) =>
        void done.push(`exit of ${incarnation?.label} is expected`),
    }
  })
  const hooks = workerFaultHooks({
    workers,
    onDeath: ({ its }, faultIndex) => done.push(`death of ${its} under fault ${faultIndex}`),
  })
  const fault: Fault = {
    kind: 'fill-memory',
    target: { kind, name },
    effect,
    available: () => null,
    inject: async () => ({}),
    heal: async () => {},
  }
  hooks.onInjecting(fault)
  done.push('injected')
  hooks.onInjected(fault, 3)
  return done
}

test('the exit of exactly the incarnation that is killed is expected, and its death has an aftermath', () => {
  expect(around('dead')).toEqual([
    'exit of worker-1#1 is expected',
    'injected',
    'death of worker-1 under fault 3',
  ])
  expect(around('dead', 'orders#2')).toEqual([
    'exit of orders#2 is expected',
    'injected',
    'death of orders under fault 3',
  ])
})

test('a worker that is told to stop may exit, without consequences', () => {
  expect(around('stopped', 'worker-1#2')).toEqual(['exit of worker-1#2 is expected', 'injected'])
})

test.each<[FaultEffect, string, TargetKind]>([
  ['frozen', 'worker-1#1', 'worker'],
  ['cut', 'worker-1#1', 'worker'],
  ['dead', 'worker-2#1', 'worker'],
  ['dead', 'worker-1#1', 'wire'],
  ['dead', 'postgres', 'service'],
])('a fault that leaves %s %s (%s) is not a death of the worker', (...fault) => {
  expect(around(...fault)).toEqual(['injected'])
})
