// The last answers to the queries of a workflow, once it is closed.
import type { RunRecord } from '../../record/record.ts'
import { entriesOf } from '../../record/timeline.ts'
import type { Normalise } from './differences.ts'
import { byText, type Fact } from './facts.ts'

/** @param closedMs when its last run closed, on the run's clock */
export function queryFacts(
  { timeline }: RunRecord,
  workflowId: string,
  closedMs: number,
  normalise: Normalise,
): Fact[] {
  const asked = entriesOf(timeline, 'queried').filter(
    (one) => one.workflowId === workflowId && one.outcome === 'answered' && one.askedMs > closedMs,
  )
  const byQuery = new Map(asked.map(({ query, answer }) => [query, answer]))
  return [...byQuery].flatMap(([query, answer]) => fieldFacts(query, normalise(answer)))
}

/** A fact for each field of an answer, so that one field may differ and another may not. */
function fieldFacts(query: string, answer: unknown): Fact[] {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return [[query, sorted(answer)]]
  return Object.entries(answer).map(([field, value]): Fact => [`${query}.${field}`, sorted(value)])
}

/** The query whose answer a fact is of. */
export function queryOf(label: string): string {
  return label.split('.')[0] ?? label
}

/** Lists without their order, at any depth. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).toSorted(byText)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, sorted(one)]))
}
