// `chaos compare` in a project: its scenarios under one of its profiles after the other. Each profile has its own look
// without faults, since settings may change what the work does.
import { explore } from '../../campaign/project/explore.ts'
import { planCampaign } from '../../campaign/plan.ts'
import type { Consent } from '../../cluster/backends/external/consent.ts'
import type { Config } from '../../config/config.ts'
import { asIs } from '../../config/project/profile-schema.ts'
import { profileNamesOf, profileOf } from '../../config/project/profiles.ts'
import type { Project } from '../../config/project/project.ts'
import { toChaosError, UsageError } from '../../core/errors.ts'
import { drawSeed } from '../../core/seed.ts'
import { checkAvailable } from '../../scenario/availability.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import type { CampaignCommand } from '../campaign-command.ts'
import { compare, type Leg } from '../compare-legs.ts'
import { describePlan } from '../plan-text.ts'
import { withBackend } from '../with-backend.ts'
import { loadOwn, loadProjectScenarios, scenariosOf } from './load-project.ts'
import { lookAtProject, tellStop } from './look-at-project.ts'
import { ProjectUnderTest } from './project-under-test.ts'
import { selectGeneric, workloadsOf } from './select.ts'

export interface ProjectComparison {
  readonly project: Project
  readonly names: readonly string[]
  /** With commas between them; undefined for all. */
  readonly profiles: string | undefined
  readonly config: Config
  readonly consent: Consent
  readonly uncaught: CampaignCommand['uncaught']
}

/** @returns the exit code @throws UsageError `CHAOS_UNKNOWN_PROFILE`, `CHAOS_UNKNOWN_SCENARIO` */
export async function compareProject(comparing: ProjectComparison): Promise<number> {
  const { project, names, consent, uncaught } = comparing
  const profiles = profilesOf(project, comparing.profiles)
  const { config, backend, line } = await withBackend(comparing.config, process.env)
  const seed = config.seed ?? drawSeed()
  const plan = (all: readonly Scenario[]) => {
    const selected = selectGeneric(all, names)
    checkAvailable(selected, backend)
    return planCampaign(selected, config, seed, backend)
  }
  const own = await loadOwn(project)
  const workloads = workloadsOf(project, own.scenarios, names)
  if (config.dryRun) {
    const loaded = await loadProjectScenarios(project, process.env)
    const planned = plan(loaded.map(({ scenario }) => scenario))
    process.stdout.write(`${line}\nunder each of ${profiles.join(', ')}: ${describePlan(planned, null)}\n`)
    return 0
  }
  await using tested = await ProjectUnderTest.open(project, backend, consent)
  const legs: Leg[] = []
  for (const profile of profiles) {
    const { outcome, explored } = await lookAtProject(
      {
        config,
        backend,
        seed,
        profile,
        tested,
        uncaught,
        kind: 'explore',
        title: `${legs.length === 0 ? `${line}\n` : ''}profile ${profile}: each workload twice without faults`,
      },
      (options, out) => explore({ ...options, out, names: workloads }),
    )
    if (outcome.stopped !== null) return tellStop(outcome, [''])
    const { project: under, overrides } = tested.under(profile)
    const all = scenariosOf(under, own, explored).map(({ scenario }) => scenario)
    legs.push({ profile, config, plan: withinProfile(profile, () => plan(all)), overrides })
  }
  return await compare({ legs, config }, uncaught)
}

/** @throws UsageError `CHAOS_UNKNOWN_PROFILE` if one is not there, or there is nothing to compare */
export function profilesOf(project: Project, asked: string | undefined): string[] {
  const known = profileNamesOf(project)
  if (asked !== undefined) {
    const names = [...new Set(asked.split(',').map((name) => name.trim()))]
    for (const name of names) profileOf(project, name)
    return names
  }
  if (known.length > 1) return known
  throw new UsageError(
    `${project.file} declares no profiles, so there is nothing to compare ${asIs} with`,
    'Write settings to try into "profiles".',
    'CHAOS_UNKNOWN_PROFILE',
  )
}

/** A moment that one profile's work has may be too short under another. */
function withinProfile<T>(profile: string, make: () => T): T {
  try {
    return make()
  } catch (thrown) {
    const { message, hint, code, kind } = toChaosError(thrown)
    if (kind !== 'usage') throw thrown
    throw new UsageError(`under the profile ${profile}: ${message}`, hint, code)
  }
}
