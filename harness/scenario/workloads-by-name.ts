// The workloads as a scenario's context names them. Only a project has some.
import { knownNames } from '../core/known-names.ts'
import type { DeclaredWorkload } from './workload.ts'

export function workloadsByName(
  workloads: Readonly<Record<string, DeclaredWorkload>> = {},
): Readonly<Record<string, DeclaredWorkload>> {
  return knownNames(workloads, { what: 'workload', code: 'CHAOS_UNKNOWN_WORKLOAD' })
}
