// Makes all observations of a run, one after the other. One that fails never hides the others.
import { Deadline } from '../core/deadline.ts'
import { ChaosError, toChaosError } from '../core/errors.ts'
import { firstObservations, lastObservations } from './catalogue.ts'
import type { Observation, ObservationContext, StartContext } from './observation.ts'

export interface ObservationsOptions extends Omit<ObservationContext, 'histories' | 'part'> {
  /** Aborted if the cluster died; its death is recorded once, however many observations it ended. */
  readonly health: AbortSignal
  /** Observations that the scenario brings itself. */
  readonly own: readonly Observation[]
}

/** Notes how things are before the run, for the observations that compare. */
export async function observeStart(context: StartContext, own: readonly Observation[]): Promise<void> {
  const all = [...firstObservations, ...own, ...lastObservations]
  for (const observation of all) {
    try {
      await observation.before?.(context)
    } catch (thrown) {
      context.signal.throwIfAborted()
      context.recorder.error(named(observation, thrown))
    }
  }
}

/** Looks again in the middle of a run. An error is recorded. @throws the reason of `signal`, if the user interrupted */
export async function observeBetween(
  context: StartContext,
  own: readonly Observation[],
  when: 'struck' | 'healed',
): Promise<void> {
  for (const observation of [...firstObservations, ...own, ...lastObservations]) {
    try {
      await observation.between?.(context, when)
    } catch (thrown) {
      context.signal.throwIfAborted()
      context.recorder.error(named(observation, thrown))
    }
  }
}

/** @returns the final histories that could be read @throws the reason of `signal`, if the user interrupted */
export async function runObservations(
  options: ObservationsOptions,
): Promise<ObservationContext['histories']> {
  const { own, health, ...given } = options
  const histories: ObservationContext['histories'] = []
  let { deadline } = options
  for (const observation of [...firstObservations, ...own, ...lastObservations]) {
    const part = async (make: () => Promise<void>) => void (await attempt(observation, options, make))
    const context = { ...given, deadline, histories, part }
    const leftMs = deadline.remainingMs
    const unavailable = (why: string) =>
      options.recorder.observe({ kind: 'unavailable', observation: observation.kind, why })
    const failure = await attempt(observation, options, async () => {
      const why = observation.available(context)
      if (why === null) await observation.observe(context)
      else unavailable(why)
    })
    if (failure !== undefined) unavailable(failure.message)
    if (observation.hasOwnTime === true) deadline = Deadline.after(leftMs, deadline.signal)
  }
  // The scenario that the death ended has recorded it. Nobody has if it came later, or beside another error.
  if (health.aborted) options.recorder.errorOnce(health.reason)
  return histories
}

/** @returns what `make` failed with, which is on the timeline by then */
async function attempt(
  observation: Observation,
  { signal, health, recorder }: ObservationsOptions,
  make: () => Promise<void>,
): Promise<ChaosError | undefined> {
  try {
    await make()
    return undefined
  } catch (thrown) {
    signal.throwIfAborted()
    const failure = named(observation, thrown)
    if (thrown !== health.reason) recorder.error(failure)
    return failure
  }
}

function named({ kind }: Observation, thrown: unknown): ChaosError {
  const { message, code, kind: errorKind, hint } = toChaosError(thrown)
  return new ChaosError(`the observation "${kind}" failed: ${message}`, {
    code,
    kind: errorKind,
    ...(hint === undefined ? {} : { hint }),
    cause: thrown,
  })
}
