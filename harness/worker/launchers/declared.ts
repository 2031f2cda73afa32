// Starts the workers that a project declares, each in its own way.
import { describeStart, type ImageStart, type ProjectWorker } from '../../config/project/worker-schema.ts'
import { ChaosError } from '../../core/errors.ts'
import type { LaunchRequest, WorkerLauncher } from '../launcher.ts'
import type { WorkerProcess } from '../worker-process.ts'
import type { AttachedWorkers } from './attach/attached-workers.ts'
import { startCommand, type CommandPlace } from './command.ts'

export interface DeclaredLauncherOptions extends Pick<WorkerLauncher, 'replayer'>, CommandPlace {
  /** By the names of a run's workers. */
  readonly workers: Readonly<Record<string, Pick<ProjectWorker, 'start' | 'readyWithinMs'>>>
  readonly attached: Pick<AttachedWorkers, 'start'>
  /** Starts the workers that are images. What speaks to an engine is loaded only for them: it takes half a second. */
  readonly startImage: (start: ImageStart, request: LaunchRequest) => Promise<WorkerProcess>
}

export function declaredLauncher(options: DeclaredLauncherOptions): WorkerLauncher {
  const { workers, attached, startImage, replayer, ...place } = options
  return {
    kind: 'declared',
    describe: () =>
      Object.values(workers)
        .map(({ start }) => describeStart(start))
        .join(' and '),
    probes: false,
    readyWithinMs: (worker) => workers[worker]?.readyWithinMs,
    replayer,
    async start(request) {
      const worker = workers[request.worker]
      if (worker === undefined) {
        throw new ChaosError(`nothing starts the worker ${request.worker}`, { code: 'CHAOS_SPAWN_FAILED' })
      }
      const { start, readyWithinMs } = worker
      if (start.kind === 'attach') return attached.start({ start, readyWithinMs }, request)
      if (start.kind === 'image') return startImage(start, request)
      return startCommand(start, place, request)
    },
  }
}
