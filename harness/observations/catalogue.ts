// The observations that every run makes, in this order.
import { clock } from './clock.ts'
import { executions } from './executions.ts'
import { history } from './history.ts'
import { machine } from './machine.ts'
import type { Observation } from './observation.ts'
import { pending } from './pending.ts'
import { panics } from './panics.ts'
import { pollers } from './pollers.ts'
import { replay } from './replay.ts'
import { resources } from './resources.ts'
import { rows } from './rows.ts'
import { settings } from './settings.ts'
import { storedState } from './stored-state.ts'

/** Those that a scenario brings itself come between these two groups. */
export const firstObservations: readonly Observation[] = [
  resources,
  machine,
  pollers,
  history,
  pending,
  replay,
  panics,
  settings,
  rows,
  storedState,
]

/** The clocks are compared last: a record without that breaks off before its end. */
export const lastObservations: readonly Observation[] = [executions, clock]
