// The settings for runs of a project. Its worker gets work of every run, and its profiles are its own.
import { noDevServer, noExternalCluster } from '../../cluster/open-backend.ts'
import type { BackendName } from '../../config/backends.ts'
import { readConfig, type Config } from '../../config/config.ts'
import { asIs } from '../../config/project/profile-schema.ts'
import { profileOf } from '../../config/project/profiles.ts'
import type { Project } from '../../config/project/project.ts'
import { settings, type SettingName } from '../../config/settings.ts'

export interface ProjectConfig {
  readonly config: Config
  /** The name of one of the project's own profiles. */
  readonly profile: string
}

/** @throws UsageError `CHAOS_UNKNOWN_PROFILE` with the nearest name, and as `readConfig` does */
export function readProjectConfig(
  project: Project,
  { profile: flag, ...flags }: Partial<Record<SettingName, unknown>>,
  env: NodeJS.ProcessEnv,
  taken: readonly SettingName[],
): ProjectConfig {
  const variable = env[settings.profile.env] ?? ''
  const said = typeof flag === 'string' ? flag : variable === '' ? asIs : variable
  const profile = taken.includes('profile') ? said : asIs
  profileOf(project, profile)
  const others = { ...env, [settings.profile.env]: undefined }
  return { config: forProject(project, readConfig(flags, others, taken)), profile }
}

function forProject({ cluster }: Pick<Project, 'cluster'>, config: Config): Config {
  const usual = usualBackend(cluster)
  if (config.backend === 'external' && usual !== 'external') throw noExternalCluster()
  if (config.backend === 'dev-server' && usual !== 'dev-server') throw noDevServer()
  const backend = config.backend === 'auto' ? usual : config.backend
  return { ...config, profile: asIs, worker: 'process', concurrency: 1, backend }
}

function usualBackend(cluster: Project['cluster']): BackendName {
  if (cluster.kind === 'own') return cluster.backend
  return cluster.kind === 'dev-server' ? 'dev-server' : 'external'
}
