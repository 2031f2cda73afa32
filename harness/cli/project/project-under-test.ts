// A user's project while a command is about it: built once, its services up, both ended with the command.
import path from 'node:path'
import { projectCodec, type ProjectCodec } from '../../campaign/project/project-codec.ts'
import { projectCluster, projectParts, type ProjectCluster } from '../../campaign/project/project-parts.ts'
import { prepareProject } from '../../campaign/project/services.ts'
import type { RunParts } from '../../campaign/run-parts.ts'
import type { Consent } from '../../cluster/backends/external/consent.ts'
import type { BackendName } from '../../config/backends.ts'
import type { Config } from '../../config/config.ts'
import type { Project } from '../../config/project/project.ts'
import { noExternalCluster } from '../../cluster/open-backend.ts'
import { UsageError } from '../../core/errors.ts'
import type { Session } from '../../processes/session.ts'
import type { ReportFolder } from '../../report/report-folder.ts'
import { openSession } from '../../sessions/open-session.ts'
import type { Watch } from '../run-with-progress.ts'

export class ProjectUnderTest implements AsyncDisposable {
  readonly project: Project
  /** What campaigns of it are made of. */
  readonly overrides: Partial<RunParts>
  readonly #session: Session
  readonly #external: ProjectCluster | null
  #isPrepared = false

  private constructor(
    project: Project,
    external: ProjectCluster | null,
    codec: ProjectCodec | null,
    session: Session,
  ) {
    this.project = project
    this.#session = session
    this.#external = external
    this.overrides = projectParts(project, process.env, external, codec)
  }

  /** @throws as `projectCluster` and `projectCodec` do, before anything is started */
  static async open(project: Project, backend: BackendName, consent: Consent): Promise<ProjectUnderTest> {
    const external = backend === 'external' ? projectCluster(project, process.env, consent) : null
    const { codec: declared, folder } = project
    const codec = declared === undefined ? null : await projectCodec(declared, folder, process.env)
    return new ProjectUnderTest(project, external, codec, await openSession())
  }

  /** What was found of a cluster that is not the harness's own, in words. */
  get clusterLines(): readonly string[] {
    return this.#external?.cluster.describe() ?? []
  }

  /** Builds it, starts its services and tries its queries, the first time. @throws as `prepareProject` does, `CHAOS_ROWS_UNREADABLE` */
  async prepare({ folder }: ReportFolder, { progress, signal }: Watch): Promise<void> {
    if (this.#isPrepared) return
    this.#isPrepared = true
    await prepareProject({
      project: this.project,
      session: this.#session,
      env: process.env,
      folder: path.join(folder, 'logs', 'services'),
      signal,
      onProgress: (what) => progress.preparing(what),
    })
    // A query that cannot be made is told before any workflow is started.
    for (const table of this.overrides.tables ?? []) await table.read(signal, 'usage')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session[Symbol.asyncDispose]()
  }
}

/**
 * The settings for runs of a project: its worker is a local process, is taken as it is, and gets work of every run.
 * @throws UsageError if a profile was asked for
 */
export function projectConfig(
  { cluster }: Pick<Project, 'cluster'>,
  config: Config,
  isGiven: { readonly profile: boolean },
): Config {
  if (isGiven.profile && config.profile !== 'as-is') {
    throw new UsageError(
      `the profile ${config.profile} sets options of a worker, and a worker of your own is taken as it is`,
      'Leave --profile out.',
    )
  }
  const isExternal = cluster.kind !== 'own'
  if (config.backend === 'external' && !isExternal) throw noExternalCluster()
  const usual = isExternal ? 'external' : cluster.backend
  const backend = config.backend === 'auto' ? usual : config.backend
  return { ...config, profile: 'as-is', worker: 'process', concurrency: 1, backend }
}
