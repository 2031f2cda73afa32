// What activities did in a user's own tables: each key has one row, and what was there once stays there, unchanged.
import { isDeepStrictEqual } from 'node:util'
import type { RunAnalysis } from '../analysis/analyse.ts'
import type { ObservationEntryOf } from '../record/observation.ts'
import { observationsOf, whyUnavailable } from '../record/record.ts'
import type { Row, RowsTime } from '../record/rows.ts'
import { checked, findings, notChecked, type Check } from './check.ts'

type Look = ObservationEntryOf<'rows'>

export const rows: Check = {
  name: 'rows',
  promise: 'Every row that a declared query shows is there once, stays as it was, and none is lost.',
  judge({ record, chains }: RunAnalysis) {
    const looks = observationsOf(record, 'rows')
    const atEnd = looks.filter(({ when }) => when === 'end')
    if (atEnd.length === 0) return notChecked(whyUnavailable(record, 'rows') ?? 'nobody looked at rows')
    const owed = chains
      .filter(({ isOver }) => isOver)
      .flatMap(({ golden }) => Object.entries(golden.rows ?? {}))
    const found = [...Map.groupBy(looks, ({ name }) => name)].flatMap(([name, its]) => {
      const keys = owed.filter(([of]) => of === name).flatMap(([, all]) => all)
      return [...doubled(its), ...gone(its), ...lost(its, keys)].map((what) => `${name}: ${what}`)
    })
    const isAny = looks.some(({ rows: seen }) => (seen ?? []).length > 0)
    if (!isAny && found.length === 0) return notChecked('the declared queries showed no row')
    return checked(findings('safety', found))
  },
}

const times: Readonly<Record<RowsTime, string>> = {
  start: 'before the run',
  struck: 'during the fault',
  healed: 'after the heal',
  end: 'at the end',
}

/** More rows than one, and more than before the run: what an earlier run left behind says nothing about this one. */
function doubled(looks: readonly Look[]): string[] {
  const [first] = looks
  const before = first === undefined ? new Map<string, Row[]>() : byKey(first)
  const told = new Set<string>()
  return looks.slice(1).flatMap((look) =>
    [...byKey(look)].flatMap(([key, all]) => {
      const most = Math.max(1, before.get(key)?.length ?? 0)
      if (all.length <= most || told.has(key)) return []
      told.add(key)
      return [`${key} stands in ${all.length} rows ${times[look.when]}${differences(all)}`]
    }),
  )
}

/** Each look is held against the one before it. */
function gone(looks: readonly Look[]): string[] {
  return looks.slice(1).flatMap((look, index) => {
    const earlier = looks[index]
    if (earlier === undefined) return []
    const now = byKey(look)
    return [...byKey(earlier)].flatMap(([key, all]) => {
      const left = now.get(key) ?? []
      const was = `was there ${times[earlier.when]}`
      if (left.length === 0) return [`${key} ${was}, and is gone ${times[look.when]}`]
      if (left.length < all.length) {
        return [
          `${key} stood in ${all.length} rows ${times[earlier.when]}, and in ${left.length} ${times[look.when]}`,
        ]
      }
      const changed = all.find(({ values }) => !left.some((row) => isDeepStrictEqual(row.values, values)))
      if (changed === undefined) return []
      return [`${key} ${was}, and is another row ${times[look.when]}${differences([changed, ...left])}`]
    })
  })
}

/** @param owed keys that must be there at the end */
function lost(looks: readonly Look[], owed: readonly string[]): string[] {
  const last = looks.findLast(({ when }) => when === 'end')
  if (last === undefined) return []
  const there = byKey(last)
  return owed
    .filter((key) => !there.has(key))
    .map((key) => `lost: ${key}, which was there whenever its workflow ended without faults`)
}

function byKey({ rows: all }: Look): Map<string, Row[]> {
  return Map.groupBy(all ?? [], ({ key }) => key)
}

/** The columns in which rows differ: `; cents: 4200, 0`. */
function differences(all: readonly Row[]): string {
  const columns = Object.keys(all[0]?.values ?? {})
  const texts = columns.flatMap((column) => {
    const values = [...new Set(all.map(({ values }) => JSON.stringify(values[column])))]
    return values.length === 1 ? [] : [`; ${column}: ${values.join(', ')}`]
  })
  return texts.join('')
}
