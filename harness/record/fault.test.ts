import { expect, test } from 'vitest'
import { faultKindSchema, faultLabel, isDrain, type FaultIdentity } from './fault.ts'

const postgres = { kind: 'service', name: 'postgres' } as const
const worker = { kind: 'worker', name: 'worker-1#1' } as const

test.each<[FaultIdentity, string]>([
  [{ kind: 'kill-worker', target: worker, effect: 'dead' }, 'kill-worker on worker-1#1'],
  [{ kind: 'kill-service', target: postgres, effect: 'dead' }, 'kill-postgres'],
  [{ kind: 'disconnect-service', target: postgres, effect: 'cut' }, 'disconnect-postgres'],
  [{ kind: 'fill-disk', target: postgres, effect: 'refused' }, 'fill-disk on postgres'],
  [
    { kind: 'delay-calls', target: { kind: 'wire', name: 'worker-1' }, effect: 'slow' },
    'delay-calls on worker-1',
  ],
])('%j is shown as %s', (fault, label) => {
  expect(faultLabel(fault)).toBe(label)
})

test('only a worker that was told to stop drains', () => {
  const drains = [
    isDrain({ target: worker, effect: 'stopped' }),
    isDrain({ target: worker, effect: 'dead' }),
    isDrain({ target: postgres, effect: 'stopped' }),
  ]
  expect(drains).toEqual([true, false, false])
})

test('a kind is kebab-case', () => {
  const valid = ['kill-worker', 'oom', 'Kill Worker', '-kill'].map(
    (kind) => faultKindSchema.safeParse(kind).success,
  )
  expect(valid).toEqual([true, true, false, false])
})
