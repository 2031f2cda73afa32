// Starts workers that a user declared by a container image. They reach the cluster and the ledger on this machine.
import { hostname } from 'node:os'
import type { ImageStart } from '../../config/project/worker-schema.ts'
import { substitute } from '../../config/project/substitute.ts'
import { ChaosError } from '../../core/errors.ts'
import { markHandled } from '../../core/mark-handled.ts'
import { openEngine, type Engine } from '../../containers/engine/client.ts'
import { desktopHost } from '../../containers/engine/desktop-host.ts'
import { explainFailedStart } from '../../containers/engine/failures.ts'
import { hasImage } from '../../containers/images/choose-images.ts'
import { startContainer } from '../../containers/start-container.ts'
import type { Session } from '../../processes/session.ts'
import { workerContainer } from '../hosts/worker-container.ts'
import type { LaunchRequest } from '../launcher.ts'
import type { WorkerProcess } from '../worker-process.ts'

export interface ImagePlace {
  readonly session: Pick<Session, 'id'>
  readonly env: NodeJS.ProcessEnv
  /** How workers reach a cluster that is not the harness's own, besides its address. */
  readonly connection: Readonly<Record<string, string>>
}

interface FoundEngine {
  readonly engine: Engine
  /** Its containers can share the network of this machine. */
  readonly isHere: boolean
}

/** @throws ChaosError `CHAOS_ENGINE_MISSING`, `CHAOS_ENGINE_REFUSED`; `CHAOS_ENGINE_ELSEWHERE`, `CHAOS_IMAGE_MISSING` */
export async function engineWith(image: string, env: NodeJS.ProcessEnv): Promise<FoundEngine> {
  const engine = await openEngine(env)
  if (engine.host !== '127.0.0.1') {
    throw new ChaosError(`the container engine is on another machine, ${engine.host}`, {
      code: 'CHAOS_ENGINE_ELSEWHERE',
      kind: 'usage',
      hint: 'A worker there cannot reach the ledger on this machine. Name an engine of this machine by DOCKER_HOST.',
    })
  }
  if (await hasImage(engine.docker, image)) return { engine, isHere: await sharesNetwork(engine) }
  throw new ChaosError(`the container engine has no image ${image}, which a worker is declared by`, {
    code: 'CHAOS_IMAGE_MISSING',
    kind: 'usage',
    hint: 'Build or pull it first: the harness pulls none. "build" in the configuration may do so.',
  })
}

export type StartImage = (start: ImageStart, request: LaunchRequest) => Promise<WorkerProcess>

/** Looks for the engine and the image once: starts are what recovery waits for. */
export function imageStarter({ session, env, connection }: ImagePlace): StartImage {
  const engines = new Map<string, Promise<FoundEngine>>()
  return async (start, request) => {
    const opened = engines.get(start.image) ?? markHandled(engineWith(start.image, env))
    engines.set(start.image, opened)
    return startImage(start, request, { ...(await opened), sessionId: session.id, connection })
  }
}

/** Not if the engine runs in a machine of its own, or has a network of its own because it has no root's rights. */
async function sharesNetwork({ docker }: Engine): Promise<boolean> {
  const { Name, SecurityOptions } = (await docker.info()) as EngineInfo
  const isRootless = SecurityOptions?.includes('name=rootless') === true
  return process.platform === 'linux' && Name === hostname() && !isRootless
}

/** The part that is read here of what the engine says of itself. */
interface EngineInfo {
  readonly Name?: string
  readonly SecurityOptions?: readonly string[] | null
}

interface StartPlace extends FoundEngine, Pick<ImagePlace, 'connection'> {
  readonly sessionId: string
}

/** @throws ChaosError `CHAOS_IMAGE_UNFIT`, `CHAOS_ENGINE_FAILED`, … */
async function startImage(
  { image, command, env }: ImageStart,
  { worker, incarnation, host, namespace, ledgerUrl, logFile }: LaunchRequest,
  { engine, isHere, sessionId, connection }: StartPlace,
): Promise<WorkerProcess> {
  const reached = (text: string) => (isHere ? text : throughDesktop(text))
  const address = reached(host.temporalAddress)
  const known = { 'temporal.address': address, 'temporal.namespace': namespace }
  // Its host name is in the identity that the SDKs choose. Each start has one of its own.
  const name = `${worker}-${incarnation}-${sessionId.slice(0, 8)}`
  const container = await explainFailedStart(image, () =>
    startContainer({
      engine,
      sessionId,
      ...(isHere ? { network: 'host' } : {}),
      alias: name,
      image,
      hasUsualRights: true,
      command: substitute(command, known),
      env: {
        ...substitute(env, known),
        ...connection,
        TEMPORAL_ADDRESS: address,
        TEMPORAL_NAMESPACE: namespace,
        CHAOS_LEDGER_URL: reached(ledgerUrl),
      },
    }),
  )
  return workerContainer({ name, container }, logFile)
}

/** An address of this machine, as containers of an engine in a machine of its own reach it. */
export function throughDesktop(text: string): string {
  return text.replace(/(?<=^|\/\/)(?:127\.0\.0\.1|localhost|\[::1\])(?=[:/]|$)/, desktopHost)
}
