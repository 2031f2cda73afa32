// A user's project while a command is about it: built once, its services up, both ended with the command.
import path from 'node:path'
import { projectCodec } from '../../campaign/project/project-codec.ts'
import {
  projectCluster,
  projectParts,
  type ProjectPartsOptions,
} from '../../campaign/project/project-parts.ts'
import { prepareProject } from '../../campaign/project/services.ts'
import type { RunParts } from '../../campaign/run-parts.ts'
import type { Consent } from '../../cluster/backends/external/consent.ts'
import type { BackendName } from '../../config/backends.ts'
import { withProfile } from '../../config/project/profiles.ts'
import type { Project } from '../../config/project/project.ts'
import { findTemporalCli } from '../../cluster/backends/dev-server/temporal-cli.ts'
import { tableReaders } from '../../effects/rows/table-reader.ts'
import { userEnvironment } from '../../processes/environment.ts'
import type { Session } from '../../processes/session.ts'
import type { ReportFolder } from '../../report/report-folder.ts'
import { openSession } from '../../sessions/open-session.ts'
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
  readonly #options: ProjectPartsOptions
  #isPrepared = false

  private constructor(project: Project, options: Omit<ProjectPartsOptions, 'known'>, session: Session) {
    this.#declared = project
    this.#session = session
    this.#options = { ...options, known: new Map() }
  }

  /** @throws as `projectCluster`, `projectCodec` and `findTemporalCli` do, before anything is started */
  static async open(project: Project, backend: BackendName, consent: Consent): Promise<ProjectUnderTest> {
    const external = backend === 'external' ? projectCluster(project, process.env, consent) : null
    const { codec: declared, folder } = project
    const openReader = declared === undefined ? null : await projectCodec(declared, folder, process.env)
    const temporalCli = backend === 'dev-server' ? await cliOf(project) : null
    return new ProjectUnderTest(project, { external, temporalCli, openReader }, await openSession())
  }

  /** What was found of a cluster that is not the harness's own, in words. */
  get clusterLines(): readonly string[] {
    return this.#options.external?.cluster.describe() ?? []
  }

  /** @throws UsageError `CHAOS_UNKNOWN_PROFILE`, `CHAOS_PROFILE_UNAVAILABLE` */
  under(profile: string): UnderProfile {
    return {
      project: withProfile(this.#declared, profile),
      overrides: projectParts(this.#declared, profile, process.env, this.#options),
    }
  }

  /** Builds it, starts its services and tries its queries, the first time. @throws as `prepareProject` does, `CHAOS_ROWS_UNREADABLE` */
  async prepare({ folder }: ReportFolder, { progress, signal }: Watch): Promise<void> {
    if (this.#isPrepared) return
    this.#isPrepared = true
    const { rows, folder: root } = this.#declared
    await prepareProject({
      project: this.#declared,
      session: this.#session,
      env: process.env,
      folder: path.join(folder, 'logs', 'services'),
      signal,
      onProgress: (what) => progress.preparing(what),
    })
    // A query that cannot be made is told before any workflow is started.
    for (const table of tableReaders(rows, root, process.env)) await table.read(signal, 'usage')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session[Symbol.asyncDispose]()
  }
}

async function cliOf({ cluster, folder }: Project): Promise<string | null> {
  if (cluster.kind !== 'dev-server') return null
  return findTemporalCli(cluster.program, folder, userEnvironment(process.env))
}
