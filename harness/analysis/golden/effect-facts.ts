// The effects that the ledger accepted from each workflow, its next runs and its children.
import { declaredEffects, type EffectPromise } from '../../record/expected-effect.ts'
import type { RunRecord } from '../../record/record.ts'
import { entriesOf } from '../../record/timeline.ts'
import { rootsOf } from '../roots.ts'
import type { Normalise } from './differences.ts'
import type { Fact } from './facts.ts'

/** By the run that the harness started. */
export function effectFacts(record: RunRecord, normalise: Normalise): ReadonlyMap<string, Fact[]> {
  const roots = rootsOf(record)
  const free = keysWithAnyPayload(record)
  const accepted = record.effects.filter(({ outcome }) => outcome === 'new')
  const byRoot = Map.groupBy(accepted, ({ runId = '' }) => roots.get(runId) ?? '')
  return new Map(
    [...byRoot].map(([root, effects]) => [
      root,
      effects.map(({ key, payload }): Fact => [
        String(normalise(key)),
        free.has(key) ? '<any payload>' : normalise(payload ?? null),
      ]),
    ]),
  )
}

/** Those for which a workload says that the payload may be one or the other. */
function keysWithAnyPayload({ timeline }: RunRecord): ReadonlySet<string> {
  const promised: EffectPromise[] = [
    ...entriesOf(timeline, 'workflow').flatMap(({ golden }) => [
      ...(golden?.effects ?? []),
      ...(golden?.outcomes ?? []).flatMap(({ effects = [] }) => effects),
    ]),
    ...entriesOf(timeline, 'expected').flatMap(({ outcomes }) =>
      outcomes.flatMap(({ effects = [] }) => effects),
    ),
    ...entriesOf(timeline, 'sent').flatMap(({ effects }) => effects),
  ]
  const isFree = ({ payloads, payloadMayDiffer }: ReturnType<typeof declaredEffects>[number]) =>
    payloadMayDiffer === true || payloads !== undefined
  return new Set(
    declaredEffects(promised)
      .filter(isFree)
      .map(({ key }) => key),
  )
}
