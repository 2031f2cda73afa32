// All checks of the harness: the default ones for every run, and the optional ones that scenarios request by
// name.
import { findings, notChecked, type Check } from './check.ts'
import { attempts } from './attempts.ts'
import { attributes } from './attributes.ts'
import { cancellations } from './cancellations.ts'
import { children } from './children.ts'
import { clock } from './clock.ts'
import { completed } from './completed.ts'
import { effectSenders } from './effect-senders.ts'
import { effects } from './effects.ts'
import { expectations } from './expectations.ts'
import { faultHeld } from './fault-held.ts'
import { faultProven } from './fault-proven.ts'
import { golden } from './golden.ts'
import { goldenEffects } from './golden-effects.ts'
import { harnessHealth } from './harness-health.ts'
import { historyPrefix } from './history-prefix.ts'
import { machine } from './machine.ts'
import { known } from './known.ts'
import { messages } from './messages.ts'
import { momentHeld } from './moment-held.ts'
import { noTaskTimeouts } from './no-task-timeouts.ts'
import { outageEnded } from './outage-ended.ts'
import { probes } from './probes.ts'
import { recordSeal } from './record-seal.ts'
import { recordWhole } from './record-whole.ts'
import { queries } from './queries.ts'
import { recovery } from './recovery.ts'
import { replay } from './replay.ts'
import { reportedErrors } from './reported-errors.ts'
import { result } from './result.ts'
import { rows } from './rows.ts'
import { serverPanics } from './server-panics.ts'
import { stillServing } from './still-serving.ts'
import { retries } from './retries.ts'
import { startedOnce } from './started-once.ts'
import { settings } from './settings.ts'
import { storedState } from './stored-state.ts'
import { timerEarly } from './timer-early.ts'
import { updateAnswers } from './update-answers.ts'
import { timers } from './timers.ts'
import { updates } from './updates.ts'
import { visibility } from './visibility.ts'
import { waits } from './waits.ts'
import { workOpen } from './work-open.ts'
import { workersLive } from './workers-live.ts'

/** The checks that judge every run, in the order in which results list them. */
export const defaultChecks: readonly Check[] = [
  recordSeal,
  recordWhole,
  effects,
  effectSenders,
  goldenEffects,
  rows,
  golden,
  result,
  messages,
  updateAnswers,
  updates,
  children,
  cancellations,
  startedOnce,
  queries,
  attributes,
  visibility,
  expectations,
  known,
  historyPrefix,
  replay,
  timerEarly,
  timers,
  retries,
  serverPanics,
  workersLive,
  storedState,
  settings,
  faultProven,
  faultHeld,
  outageEnded,
  momentHeld,
  workOpen,
  waits,
  reportedErrors,
  harnessHealth,
  clock,
  machine,
  completed,
  recovery,
  attempts,
  probes,
  stillServing,
]

/** The checks that a scenario asks for by name. */
export const optionalChecks: readonly Check[] = [noTaskTimeouts]

/**
 * The checks that judge a run: the default ones, then those that its scenario requests, in its order.
 * @param asked names of checks, from the run's header
 * @param own checks that the scenario itself defines
 */
export function checksFor(asked: readonly string[], own: readonly Check[]): Check[] {
  const known = new Map([...optionalChecks, ...own].map((check) => [check.name, check]))
  return [...defaultChecks, ...asked.map((name) => known.get(name) ?? unknownCheck(name))]
}

/**
 * A stored record may request a check of its scenario, which is not loaded when the record is judged again.
 * Without the check nobody knows whether the run passes.
 */
function unknownCheck(name: string): Check {
  return {
    name,
    promise: 'Known only to the scenario that requests it.',
    judge: () => {
      const why = `nobody here knows the check "${name}": it belongs to a scenario that is not loaded`
      return notChecked(why, findings('harness', [why]))
    },
  }
}

/**
 * The check that a scenario requests: an optional one by its name, or its own; undefined if it is neither.
 */
export function askedCheck(asked: unknown): Check | undefined {
  if (typeof asked === 'string') return optionalChecks.find(({ name }) => name === asked)
  return isCheck(asked) ? asked : undefined
}

export function isCheck(value: unknown): value is Check {
  if (typeof value !== 'object' || value === null) return false
  const { name, promise, judge } = value as Partial<Check>
  const isNamed = typeof name === 'string' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)
  return isNamed && typeof promise === 'string' && typeof judge === 'function'
}
