import { describe, expect, test } from 'vitest'
import { call } from '../../../test/support/effect-record.ts'
import { recordOf } from '../../../test/support/stored-record.ts'
import type { ProjectWorkload } from '../../config/project/workload-schema.ts'
import type { Effect } from '../../record/effect.ts'
import type { TimelineEntry } from '../../record/timeline.ts'
import { expectedKeys, sentKeys } from './explored-effects.ts'
import { workloadOf } from './project-workload.ts'

const second = { workflowId: 'w-2', runId: 'r-2' }

/** The ledger's record of two workflows, `w-1` and `w-2`. */
function explored(...effects: Effect[]) {
  const record = recordOf([], [])
  const timeline = record.timeline.flatMap((entry): TimelineEntry[] =>
    entry.kind === 'workflow'
      ? [
          { ...entry, workflowId: 'w-1', runId: 'r-1' },
          { ...entry, ...second },
        ]
      : [entry],
  )
  const seen = { ...record, timeline, effects }
  return [{ workflowId: 'w-1', runId: 'r-1' }, second].map((run) => sentKeys(seen, run))
}

const named = (nth: number, key: string) => ({ ...call, key, workflowId: `w-${nth}`, runId: `r-${nth}` })
const unnamed = (key: string): Effect => {
  const { workflowId: _, runId: __, activityId: ___, attempt: ____, ...rest } = call
  return { ...rest, key }
}

describe('the effects of each workflow that was explored', () => {
  test('are those that name a run of it, each once', () => {
    expect(explored(named(1, 'a'), named(2, 'a'), named(2, 'a'), named(2, 'b'))).toEqual([['a'], ['a', 'b']])
  })

  test('or those with its id in their keys, if they name no run', () => {
    expect(explored(unnamed('w-1/paid'), unnamed('w-2/paid'))).toEqual([['w-1/paid'], ['w-2/paid']])
  })

  test('are not known if an effect names nobody', () => {
    expect(explored(unnamed('w-1/paid'), unnamed('ship'))).toEqual([undefined, undefined])
  })
})

describe('the effects that are owed', () => {
  const end = (workflowId: string, keys?: string[]) => ({ workflowId, outcome: null, ...(keys && { keys }) })

  test('are those of all that were explored, with the id in place of theirs', () => {
    expect(expectedKeys([end('w-1', ['w-1/paid']), end('w-2', ['w-2/paid'])], 'x')).toEqual(['x/paid'])
    expect(expectedKeys([end('w-1', []), end('w-2', [])], 'x')).toEqual([])
  })

  test('are not known if they differ, or if only one was explored', () => {
    expect(expectedKeys([end('w-1', ['a']), end('w-2', ['b'])], 'x')).toBeUndefined()
    expect(expectedKeys([end('w-1', ['a'])], 'x')).toBeUndefined()
    expect(expectedKeys([end('w-1', ['a']), end('w-2')], 'x')).toBeUndefined()
  })

  test('are none if any end will do', () => {
    const seen = {
      version: 'v',
      workload: 'order',
      durationMs: 1,
      moments: [],
      queues: {},
      ends: [end('w-1', ['w-1/paid']), end('w-2', ['w-2/paid'])],
    }
    const declared: ProjectWorkload = {
      type: 'Order',
      taskQueue: 'q',
      args: [],
      messages: [],
      together: 1,
      options: {},
      deadlineMs: 1,
    }
    const effectsOf = (more: Partial<ProjectWorkload>) =>
      workloadOf({ ...declared, ...more }, seen).golden({ workflowId: 'x', input: {} }).effects
    expect(effectsOf({})).toEqual([{ key: 'x/paid', fromAnyWorkflow: true }])
    expect(effectsOf({ expect: 'completed' })).toEqual([])
  })
})
