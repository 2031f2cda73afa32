// What a campaign is made of if it tests a user's project.
import path from 'node:path'
import { ownPort } from '../../config/project/cluster-schema.ts'
import { profileOf, withProfile } from '../../config/project/profiles.ts'
import type { Project } from '../../config/project/project.ts'
import type { Consent } from '../../cluster/backends/external/consent.ts'
import { externalConnection } from '../../cluster/backends/external/connection.ts'
import { ExternalCluster } from '../../cluster/backends/external/external-cluster.ts'
import { tableReaders } from '../../effects/rows/table-reader.ts'
import { startDevServer } from '../../cluster/backends/dev-server/dev-server-cluster.ts'
import { userEnvironment } from '../../processes/environment.ts'
import type { Session } from '../../processes/session.ts'
import { attachPlace } from '../../worker/launchers/attach/ask-pid.ts'
import { AttachedWorkers, type KnownProcesses } from '../../worker/launchers/attach/attached-workers.ts'
import type { StartImage } from '../../worker/launchers/image.ts'
import { declaredLauncher } from '../../worker/launchers/declared.ts'
import { commandReplayer } from '../../worker/replay/command-replayer.ts'
import type { RunParts } from '../run-parts.ts'

/** A cluster that runs already, and the variables that lead a worker to it. */
export interface ProjectCluster {
  readonly cluster: ExternalCluster
  readonly variables: Readonly<Record<string, string>>
  /** What was typed to allow faults there; null if nothing was. */
  readonly consent: RunParts['consent']
}

/**
 * The cluster that the project declares, if runs are to be on it; null if the harness starts one.
 * @throws UsageError `CHAOS_CONFIG_INVALID`, `CHAOS_NAMESPACE_UNCONFIRMED`
 */
export function projectCluster(
  project: Project,
  env: NodeJS.ProcessEnv,
  consent: Consent,
): ProjectCluster | null {
  const { cluster: declared, folder, workloads, workers } = project
  if (declared.kind === 'own' || declared.kind === 'dev-server') return null
  const connection = externalConnection(declared, folder, env)
  const polled = Object.values(workers).flatMap(({ taskQueues }) => taskQueues)
  const queues = [...new Set([...Object.values(workloads).map(({ taskQueue }) => taskQueue), ...polled])]
  const { variables } = connection
  const attachedTo = Object.values(workers).flatMap(({ start, taskQueues }) =>
    start.kind === 'attach' ? taskQueues : [],
  )
  return {
    cluster: new ExternalCluster({ connection, consent, queues, attachedTo }),
    variables,
    consent: typed(consent),
  }
}

function typed({ namespace, yesStrikeWorkersOf }: Consent): RunParts['consent'] {
  if (namespace === undefined && yesStrikeWorkersOf === undefined) return null
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(yesStrikeWorkersOf === undefined ? {} : { yesStrikeWorkersOf }),
  }
}

export interface ProjectPartsOptions extends Pick<RunParts, 'openReader'> {
  /** Null for a cluster that the harness starts. */
  readonly external: ProjectCluster | null
  /** The file of the CLI whose development server is to be the cluster; null for another cluster. */
  readonly temporalCli: string | null
  /** The processes of attached workers, for all campaigns of one command. */
  readonly known: KnownProcesses
}

/**
 * @param declared the project as its configuration has it
 * @throws UsageError `CHAOS_UNKNOWN_PROFILE`, `CHAOS_PROFILE_UNAVAILABLE`
 */
export function projectParts(
  declared: Project,
  profileName: string,
  env: NodeJS.ProcessEnv,
  { external, temporalCli, openReader, known }: ProjectPartsOptions,
): Partial<RunParts> {
  const project = withProfile(declared, profileName)
  const { file, workers, folder, cluster, replay, rows } = project
  return {
    project: { file: path.basename(file), profile: profileOf(declared, profileName) },
    tables: tableReaders(rows, folder, env),
    openReader,
    frontendPort: portOf(cluster),
    ...(temporalCli === null ? {} : { clusters: devServers(cluster, temporalCli, env) }),
    ...(external === null
      ? {}
      : { clusters: (signal) => external.cluster.starter(signal), consent: external.consent }),
    openLauncher: async (session) => {
      const replayer = replay === undefined ? null : replayerFor(session, folder, replay, env)
      const attached = new AttachedWorkers(attachPlace(session, folder, env), known)
      // It looks at each folder of PATH, and starts are what recovery waits for.
      const theirs = userEnvironment(env)
      const connection = external?.variables
      let images: Promise<StartImage> | undefined
      const launcher = declaredLauncher({
        workers,
        attached,
        startImage: async (start, request) => {
          images ??= import('../../worker/launchers/image.ts').then(({ imageStarter }) =>
            imageStarter({ session, env, connection: connection ?? {} }),
          )
          return (await images)(start, request)
        },
        folder,
        env: theirs,
        replayer,
        connection,
      })
      return { ...launcher, [Symbol.asyncDispose]: () => attached[Symbol.asyncDispose]() }
    },
  }
}

function portOf(cluster: Project['cluster']): number {
  return 'port' in cluster ? cluster.port : ownPort
}

function devServers(
  cluster: Project['cluster'],
  program: string,
  env: NodeJS.ProcessEnv,
): RunParts['clusters'] {
  const given = { program, env: userEnvironment(env), port: portOf(cluster) }
  const keep = cluster.kind === 'dev-server' && cluster.keep
  return (signal, session) => (onProgress) =>
    startDevServer({ ...given, keep, session, signal, ...(onProgress ? { onProgress } : {}) })
}

function replayerFor(
  session: Session,
  folder: string,
  { command, cwd, env: own, withinMs }: NonNullable<Project['replay']>,
  env: NodeJS.ProcessEnv,
) {
  return commandReplayer(session, {
    command,
    cwd: path.resolve(folder, cwd),
    // On a busy machine workflow code may stand still for a second. SDKs take that for a deadlock, and a replayer
    // for a mismatch. By this variable every SDK turns its detector off.
    env: { ...userEnvironment(env), TEMPORAL_DEBUG: 'true', ...own },
    withinMs,
  })
}
