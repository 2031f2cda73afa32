// What flags and environment ask for, of a project's scenario or of the demonstration's.
import { readConfig, type Config } from '../../config/config.ts'
import { profiles, type Profile } from '../../config/profiles.ts'
import { profileOf } from '../../config/project/profiles.ts'
import type { Project } from '../../config/project/project.ts'
import type { SettingName } from '../../config/settings.ts'
import type { LoadedScenario } from '../../scenario/load.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { loadProjectScenarios } from './load-project.ts'
import { readProjectConfig } from './project-config.ts'

export interface Asked {
  readonly config: Config
  readonly profile: Profile
}

/** @param project undefined for the demonstration @throws as `readProjectConfig` does */
export function askedFor(
  project: Project | undefined,
  flags: Partial<Record<SettingName, unknown>>,
  taken: readonly SettingName[],
  env: NodeJS.ProcessEnv = process.env,
): Asked {
  if (project === undefined) {
    const config = readConfig(flags, env, taken)
    return { config, profile: profiles[config.profile] }
  }
  const { config, profile } = readProjectConfig(project, flags, env, taken)
  return { config, profile: profileOf(project, profile) }
}

/** The scenarios as they run under the profile. @param loaded all, as they run without one */
export async function scenariosUnder(
  project: Project | undefined,
  loaded: readonly LoadedScenario[],
  { name }: Profile,
): Promise<Scenario[]> {
  const all = project === undefined ? loaded : await loadProjectScenarios(project, process.env, name)
  return all.map(({ scenario }) => scenario)
}
