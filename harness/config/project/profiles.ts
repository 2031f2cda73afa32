// The profiles that a project declares: named settings that its workers get as environment, and its workflows at their start.
import { didYouMean } from '../../core/nearest.ts'
import { UsageError } from '../../core/errors.ts'
import { profiles, type Profile } from '../profiles.ts'
import { asIs } from './profile-schema.ts'
import type { Project } from './project.ts'
import type { WorkerStart } from './worker-schema.ts'

/** The project's own profiles, in the order of its configuration, after the one that sets nothing. */
export function profileNamesOf({ profiles: declared }: Pick<Project, 'profiles'>): string[] {
  return [asIs, ...Object.keys(declared)]
}

/**
 * The project with the settings of a profile: the same workers and workloads, started in another way.
 * @throws UsageError `CHAOS_UNKNOWN_PROFILE` with the nearest name, `CHAOS_PROFILE_UNAVAILABLE` if a worker cannot get it
 */
export function withProfile(project: Project, name: string): Project {
  const { workers, workloads } = project
  const { env, workloads: changed } = declaredProfile(project, name)
  return {
    ...project,
    workers: mapped(workers, (worker, of) => ({
      ...worker,
      start: startWith(worker.start, env, `the profile ${name} sets variables, and the worker ${of}`),
    })),
    workloads: mapped(workloads, (workload, of) => ({
      ...workload,
      options: { ...workload.options, ...changed[of]?.options },
    })),
  }
}

/** What records and reports say of the profile. @throws as `withProfile` does */
export function profileOf(project: Project, name: string): Profile {
  if (name === asIs) return profiles[asIs]
  const { env, workloads } = declaredProfile(project, name)
  const options = Object.entries(workloads).flatMap(([workload, { options: own }]) =>
    Object.entries(own).flatMap(([option, value]) =>
      value === undefined ? [] : [[`${workload}.${option}`, value] as const],
    ),
  )
  return { name, worker: {}, start: {}, activity: {}, asked: { ...env, ...Object.fromEntries(options) } }
}

function startWith(start: WorkerStart, env: Readonly<Record<string, string>>, both: string): WorkerStart {
  if (Object.keys(env).length === 0) return start
  if (start.kind === 'command') return { ...start, env: { ...start.env, ...env } }
  throw new UsageError(
    `${both} runs already: nothing gives them to it`,
    'Leave "env" out of the profile, or let the harness start the worker by "command".',
    'CHAOS_PROFILE_UNAVAILABLE',
  )
}

function declaredProfile(project: Project, name: string): Project['profiles'][string] {
  if (name === asIs) return { env: {}, workloads: {} }
  const found = project.profiles[name]
  if (found !== undefined) return found
  const known = profileNamesOf(project)
  throw new UsageError(
    `${project.file} has no profile ${JSON.stringify(name)}`,
    didYouMean(name, known) ??
      (known.length === 1
        ? 'It declares none: write settings to try into "profiles".'
        : `There are ${known.join(', ')}.`),
    'CHAOS_UNKNOWN_PROFILE',
  )
}

function mapped<T>(all: Readonly<Record<string, T>>, change: (one: T, name: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [name, change(one, name)]))
}
