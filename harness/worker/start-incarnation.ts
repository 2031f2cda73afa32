// One start of a worker: its process, then the identities by which it has come to poll.
import path from 'node:path'
import type { Deadline } from '../core/deadline.ts'
import type { Incarnation } from './incarnation.ts'
import { attachedPollers, type IsNew } from './newcomers.ts'
import { untilReady } from './readiness.ts'
import type { WorkerOptions } from './worker-options.ts'

/** @param number counts the starts of this worker, from 1 @throws as `WorkerLauncher.start` */
export async function launchIncarnation(
  options: WorkerOptions,
  number: number,
  deadline: Deadline,
): Promise<Incarnation> {
  const { name, launcher, host, taskQueues, observer, ledgerUrlFor, profile, recorder } = options
  const label = `${name}#${number}`
  const logFile = path.join(recorder.folder, 'logs', `${name}-${number}.log`)
  const process = await launcher.start({
    host,
    worker: name,
    incarnation: number,
    label,
    taskQueues,
    namespace: observer.namespace,
    ledgerUrl: ledgerUrlFor({ worker: name, incarnation: number }),
    profile,
    logFile,
    deadline,
  })
  return {
    number,
    label,
    process,
    logFile,
    identities: [],
    exitExpected: false,
    watching: Promise.resolve(),
  }
}

/** @param isNew tells its pollers if the harness started it @throws as `untilReady` */
export function identitiesOnceReady(
  options: WorkerOptions,
  incarnation: Incarnation,
  isNew: IsNew,
  deadline: Deadline,
): Promise<string[]> {
  const { observer, taskQueues, host, polledAnywhere } = options
  const { attached } = incarnation.process
  const isIts = attached === null ? isNew : attachedPollers(attached, options)
  return untilReady(incarnation, taskQueues, isIts, observer, deadline, {
    polledAnywhere,
    address: host.temporalAddress,
  })
}
