// A user's project while a command is about it: built once, its services up, both ended with the command.
import path from 'node:path'
import { projectCodec, type ProjectCodec } from '../../campaign/project/project-codec.ts'
import { projectCluster, projectParts, type ProjectCluster } from '../../campaign/project/project-parts.ts'
import { prepareProject } from '../../campaign/project/services.ts'
import type { RunParts } from '../../campaign/run-parts.ts'
import type { Consent } from '../../cluster/backends/external/consent.ts'
import type { BackendName } from '../../config/backends.ts'
import { asIs } from '../../config/project/profile-schema.ts'
import { withProfile } from '../../config/project/profiles.ts'
import type { Project } from '../../config/project/project.ts'
import type { Session } from '../../processes/session.ts'
import type { ReportFolder } from '../../report/report-folder.ts'
import { openSession } from '../../sessions/open-session.ts'
import type { KnownProcesses } from '../../worker/launchers/attach/attached-workers.ts'
import type { Watch } from '../run-with-progress.ts'

/** A project under one of its profiles. */
export interface UnderProfile {
  readonly project: Project
  /** What campaigns of it are made of. */
  readonly overrides: Partial<RunParts>
}

export class ProjectUnderTest implements AsyncDisposable {
  readonly #declared: Project
  readonly #session: Session
  readonly #external: ProjectCluster | null
  readonly #codec: ProjectCodec | null
  readonly #known: KnownProcesses = new Map()
  #isPrepared = false

  private constructor(
    project: Project,
    external: ProjectCluster | null,
    codec: ProjectCodec | null,
    session: Session,
  ) {
    this.#declared = project
    this.#session = session
    this.#external = external
    this.#codec = codec
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

  /** @throws UsageError `CHAOS_UNKNOWN_PROFILE`, `CHAOS_PROFILE_UNAVAILABLE` */
  under(profile: string): UnderProfile {
    return {
      project: withProfile(this.#declared, profile),
      overrides: projectParts(this.#declared, profile, process.env, this.#external, this.#codec, this.#known),
    }
  }

  /** Builds it, starts its services and tries its queries, the first time. @throws as `prepareProject` does, `CHAOS_ROWS_UNREADABLE` */
  async prepare({ folder }: ReportFolder, { progress, signal }: Watch): Promise<void> {
    if (this.#isPrepared) return
    this.#isPrepared = true
    await prepareProject({
      project: this.#declared,
      session: this.#session,
      env: process.env,
      folder: path.join(folder, 'logs', 'services'),
      signal,
      onProgress: (what) => progress.preparing(what),
    })
    // A query that cannot be made is told before any workflow is started.
    for (const table of this.under(asIs).overrides.tables ?? []) await table.read(signal, 'usage')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session[Symbol.asyncDispose]()
  }
}
