// Why a mutant may still pass: what the record does not say twice, nobody can miss.
import { recordFiles } from '../record/files.ts'
import type { Change } from './change.ts'

interface Reason {
  fits(change: Change): boolean
  readonly why: string
}

const reasons: readonly Reason[] = [
  {
    fits: ({ file }) => file === recordFiles.header,
    why: 'this setting of the run is written down once, and every rule allows the other value',
  },
  {
    fits: ({ file, field }) => file === recordFiles.captures && (field ?? '').startsWith('event.'),
    why: 'the service never stores such an event, so the history at the end does not have it',
  },
  {
    fits: ({ field }) => /(^|\.)[a-zA-Z]*(Ms|Time)$/.test(field ?? ''),
    why: 'only this value says this time, and it still lies between those before and after it',
  },
  {
    fits: ({ kind, field }) => kind === 'queried' && (field ?? '').startsWith('answer'),
    why: 'this answer to a query is written down once, and the rule of its query allows the other one',
  },
  {
    fits: ({ kind }) => kind === 'queries-declared',
    why: 'the rule of a query is written down once, and every answer fits the other one',
  },
  {
    fits: ({ kind, field }) => kind === 'workflow' && (field ?? '').startsWith('golden'),
    why: 'what the workload expects is written down once, and the run fits the other one',
  },
  {
    fits: ({ field }) => field === null,
    why: 'no count, number or reference in the record covers this line, or its part that changed',
  },
]

export function whyPassed(change: Change): string {
  return reasons.find(({ fits }) => fits(change))?.why ?? 'nothing else in the record repeats this value'
}
