// Checks that a scenario asks for by name, besides those that every run is judged by.
import type { Check } from './check.ts'
import { noTaskTimeouts } from './no-task-timeouts.ts'

export const optionalCheckNames = ['no-task-timeouts'] as const
export type OptionalCheckName = (typeof optionalCheckNames)[number]

export const optionalChecks: Readonly<Record<OptionalCheckName, Check>> = {
  'no-task-timeouts': noTaskTimeouts,
}
