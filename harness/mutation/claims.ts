// What a record claims: everything in it, except for the fields that only reports show.
import type { RunRecord } from '../record/record.ts'

/** By kind of entry or observation, or in the header: texts for people, and figures that are only shown. */
export const mereReports: Readonly<Record<string, readonly string[]>> = {
  header: ['promise', 'campaign', 'backend', 'profile', 'startedAt'],
  step: ['name', 'atMs'],
  choice: ['atMs'],
  expectation: ['sentence', 'atMs'],
  'observer-gap': ['message'],
  resources: ['resources'],
  // What a workload declares is compared by a check of its own. Any other payload says nothing.
  effect: ['payload'],
}

/** Of evidence only what it names counts here: its values are for people. Two records with the same claims are worth the same. */
export function claimsOf({ header, timeline, captures, observations, effects, opaque }: RunRecord): string {
  return JSON.stringify([
    claimed('header', header),
    timeline.map((entry) => claimed(entry.kind, entry)),
    captures,
    // The order of observations is that of the looking, and says nothing. The machine only excuses what is late, and
    // a run that passes has nothing late.
    observations
      .filter(({ kind }) => kind !== 'machine')
      .map((one) => JSON.stringify(claimed(one.kind, one)))
      .toSorted(),
    effects.map((one) => claimed('effect', one)),
    opaque,
  ])
}

function claimed(kind: string, fields: object): [string, unknown][] {
  const shown = mereReports[kind] ?? []
  return Object.entries(fields)
    .filter(([name]) => !shown.includes(name))
    .map(([name, value]: [string, unknown]) => [name, name === 'evidence' ? namesIn(value) : value])
}

function namesIn(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}
