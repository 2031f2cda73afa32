// What the outside world saw. Temporal promises that an activity runs at least once, so an effect may be attempted
// again; accepted it must be exactly once.
import type { Effect } from '../record/effect.ts'
import { isClosing } from '../record/history-event.ts'
import { finalHistory, type RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { findings, type Check } from './check.ts'

const name = 'effects'

export const effects: Check = {
  name,
  find(record) {
    const workflows = entriesOf(record.timeline, 'workflow')
    const owed = workflows.flatMap(({ golden }) => golden.effects)
    const accepted = record.effects.filter(({ outcome }) => outcome === 'new')
    const isDue = (workflowId: string) =>
      workflows.some((workflow) => workflow.workflowId === workflowId && isClosed(record, workflow.runId))
    const due = workflows
      .filter(({ workflowId }) => isDue(workflowId))
      .flatMap(({ golden }) => golden.effects)
    return findings(name, 'safety', [
      ...lost(due, accepted),
      ...duplicated(accepted),
      ...phantoms(owed, record.effects),
      ...missingLines(record.effects),
    ])
  },
}

function isClosed(record: RunRecord, runId: string): boolean {
  return finalHistory(record, runId).some(isClosing)
}

function lost(due: readonly string[], accepted: readonly Effect[]): string[] {
  const keys = new Set(accepted.map(({ key }) => key))
  return due.filter((key) => !keys.has(key)).map((key) => `lost: the world never accepted ${key}`)
}

function duplicated(accepted: readonly Effect[]): string[] {
  const byKey = Map.groupBy(accepted, ({ key }) => key)
  return [...byKey].flatMap(([key, times]) =>
    times.length === 1
      ? []
      : [`duplicated: the world accepted ${key} ${times.length} times (${times.map(by).join('; ')})`],
  )
}

function phantoms(owed: readonly string[], all: readonly Effect[]): string[] {
  const keys = new Set(owed)
  return all
    .filter(({ key }) => !keys.has(key))
    .map((effect) => `phantom: nothing asked for ${effect.key} (${by(effect)})`)
}

/** The world numbers what it writes down: a gap or a twin means that the record is not what the world wrote. */
function missingLines(all: readonly Effect[]): string[] {
  return all.flatMap(({ sequence, key }, index) =>
    sequence === index + 1 ? [] : [`line ${index + 1} of the effects carries number ${sequence} (${key})`],
  )
}

function by({ activityId, attempt, incarnation }: Effect): string {
  return `activity ${activityId} attempt ${attempt} by incarnation ${incarnation}`
}
