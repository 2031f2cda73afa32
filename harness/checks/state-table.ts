// Puts the answers of the checks into the rows of the state that they speak about.
import type { CheckResult } from '../result/check-result.ts'
import { stateParts, type StatePart, type StateRow } from '../result/state.ts'
import type { Check } from './check.ts'

/** A check with its answer. */
interface Answered {
  readonly check: Asked
  readonly result: CheckResult
}

type Asked = Pick<Check, 'name' | 'about'>

/** One row for each part, in their order. */
export function stateTable(asked: readonly Asked[], results: readonly CheckResult[]): StateRow[] {
  const answered = asked.flatMap((check): Answered[] =>
    results.flatMap((result) => (result.check === check.name ? [{ check, result }] : [])),
  )
  return stateParts.map((part) =>
    rowOf(
      part,
      answered.filter(({ check }) => check.about?.includes(part)),
    ),
  )
}

/** One broken check breaks the row. A check that could not look takes nothing from what another one saw. */
function rowOf(part: StatePart, about: readonly Answered[]): StateRow {
  for (const status of ['broken', 'kept'] as const) {
    const deciding = about.filter(({ result }) => statusOf(result, part) === status)
    if (deciding.length > 0) return { part, status, by: deciding.map(({ check }) => check.name) }
  }
  const why = about.flatMap(
    ({ check, result }) => `${check.name}: ${whyOf(result, part) ?? 'it found nothing of the state'}`,
  )
  return { part, status: 'not-checked', by: [], why: why.join('; ') || 'no check looks at it' }
}

function whyOf({ rows, why }: Answered['result'], part: StatePart): string | undefined {
  return rows?.find((row) => row.part === part)?.why ?? why
}

/** Findings about the run itself, as an untested claim is one, say nothing about the state. */
function statusOf({ status, findings, rows }: Answered['result'], part: StatePart): StateRow['status'] {
  if (rows !== undefined) return rows.find((row) => row.part === part)?.status ?? 'not-checked'
  if (status !== 'broken') return status
  return findings.some(({ kind }) => kind === 'safety' || kind === 'liveness') ? 'broken' : 'not-checked'
}
