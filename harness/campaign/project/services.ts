// What a project needs besides its worker: a build before everything, and services that run along.
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import got from 'got'
import type { Project } from '../../config/project/project.ts'
import type { ProjectProgram, ProjectService } from '../../config/project/program-schema.ts'
import { Deadline } from '../../core/deadline.ts'
import { ChaosError } from '../../core/errors.ts'
import { declaredProgram } from '../../processes/declared-program.ts'
import { userEnvironment } from '../../processes/environment.ts'
import { endOf } from '../../processes/log-tail.ts'
import type { Session, Spawned } from '../../processes/session.ts'
import { attachPlace, findPid } from '../../worker/launchers/attach/ask-pid.ts'

export interface ServicesOptions {
  readonly project: Project
  readonly session: Session
  readonly env: NodeJS.ProcessEnv
  /** Their logs go there. */
  readonly folder: string
  readonly signal: AbortSignal
  readonly onProgress: (what: string) => void
}

const lookEveryMs = 100
const longestBuildMs = 3_600_000

/**
 * Builds the project and starts its services. They end with the session.
 * @throws ChaosError `CHAOS_BUILD_FAILED`, `CHAOS_SERVICE_NOT_READY`, `CHAOS_SERVICE_DIED`, with the end of the log;
 *   `CHAOS_SPAWN_FAILED`; as `findPid`
 */
export async function prepareProject(options: ServicesOptions): Promise<void> {
  const { project, folder, onProgress } = options
  await mkdir(folder, { recursive: true })
  if (project.build !== undefined) {
    onProgress(`building: ${project.build.command.join(' ')}`)
    await build(options, project.build)
  }
  for (const [index, service] of project.services.entries()) {
    const name = service.name ?? `service-${index + 1}`
    onProgress(`starting ${name}`)
    await startService(options, name, service)
  }
  await findImages(options)
  await findAttached(options)
}

/** A missing image is told before a cluster is started. */
async function findImages({ project, env }: ServicesOptions): Promise<void> {
  const images = Object.values(project.workers).flatMap(({ start }) =>
    start.kind === 'image' ? [start.image] : [],
  )
  if (images.length === 0) return
  const { engineWith } = await import('../../worker/launchers/image.ts')
  for (const image of images) await engineWith(image, env)
}

/** What is attached to the wrong process, or to none, is told before a cluster is started. */
async function findAttached({ project, session, env, signal, onProgress }: ServicesOptions): Promise<void> {
  const place = attachPlace(session, project.folder, env)
  for (const [name, { start }] of Object.entries(project.workers)) {
    if (start.kind !== 'attach') continue
    onProgress(`looking for the process of ${name}`)
    const { pid } = await findPid(`the worker ${name}`, start, place, signal)
    onProgress(`${name} runs as pid ${pid}`)
  }
}

async function build(options: ServicesOptions, program: ProjectProgram): Promise<void> {
  const logFile = path.join(options.folder, 'build.log')
  const { exited } = await spawn(options, program, logFile)
  const exit = await Deadline.after(longestBuildMs, options.signal).race(exited, {
    what: 'the build to end',
    code: 'CHAOS_BUILD_FAILED',
  })
  if (exit.code === 0) return
  throw new ChaosError(
    `the build "${program.command.join(' ')}" ended with ${exit.signal ?? `exit code ${exit.code}`}:\n${await endOf(logFile)}`,
    { code: 'CHAOS_BUILD_FAILED', kind: 'usage', hint: `Its log is ${logFile}.` },
  )
}

async function startService(options: ServicesOptions, name: string, service: ProjectService): Promise<void> {
  const logFile = path.join(options.folder, `${name}.log`)
  const spawned = await spawn(options, service, logFile)
  const deadline = Deadline.after(service.readyWithinMs, options.signal)
  await deadline.poll(
    async (signal) => {
      if (spawned.exit !== null) throw await ended(name, spawned, logFile)
      return (await answers(service.url, signal)) ? true : undefined
    },
    {
      what: `the service ${name} to answer at ${service.url}`,
      everyMs: lookEveryMs,
      code: 'CHAOS_SERVICE_NOT_READY',
      hint: `Its log is ${logFile}.`,
      stopOn: (thrown) => thrown instanceof ChaosError && thrown.code === 'CHAOS_SERVICE_DIED',
    },
  )
}

async function ended(name: string, { exit }: Spawned, logFile: string): Promise<ChaosError> {
  const how = exit?.signal ?? `exit code ${exit?.code ?? 'unknown'}`
  return new ChaosError(`the service ${name} ended before it answered: ${how}\n${await endOf(logFile)}`, {
    code: 'CHAOS_SERVICE_DIED',
    kind: 'usage',
    hint: `Its log is ${logFile}.`,
  })
}

async function answers(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const { statusCode } = await got(url, { signal, retry: { limit: 0 }, throwHttpErrors: false })
    return statusCode < 500
  } catch {
    // Nothing listens there yet.
    return false
  }
}

function spawn(
  { project, session, env }: ServicesOptions,
  program: ProjectProgram,
  logFile: string,
): Promise<Spawned> {
  const { file, args, place } = declaredProgram(program, project.folder, userEnvironment(env))
  return session.spawn(file, args, { ...place, logFile })
}
