// What a campaign is made of if it tests a user's project.
import path from 'node:path'
import type { Project } from '../../config/project/project.ts'
import { userEnvironment } from '../../processes/environment.ts'
import type { Session } from '../../processes/session.ts'
import { commandLauncher } from '../../worker/launchers/command.ts'
import { commandReplayer } from '../../worker/replay/command-replayer.ts'
import type { RunParts } from '../run-parts.ts'

export function projectParts(project: Project, env: NodeJS.ProcessEnv): Partial<RunParts> {
  const { workers, folder, cluster, replay } = project
  return {
    frontendPort: cluster.port,
    openLauncher: async (session) => {
      const replayer = replay === undefined ? null : replayerFor(session, folder, replay, env)
      const launcher = commandLauncher({ workers, folder, env, replayer })
      return { ...launcher, [Symbol.asyncDispose]: async () => {} }
    },
  }
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
    // On a busy machine workflow code may stand still for a second, which SDKs take for a deadlock, and a replayer for
    // a mismatch. By this variable every SDK turns its detector off.
    env: { ...userEnvironment(env), TEMPORAL_DEBUG: 'true', ...own },
    withinMs,
  })
}
