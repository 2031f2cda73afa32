// The engine's word for what happened to a container of a cluster.
import type Dockerode from 'dockerode'
import { Deadline } from '../../../core/deadline.ts'
import { ChaosError } from '../../../core/errors.ts'
import type { Evidence } from '../../../record/evidence.ts'
import { round, since } from '../../service/figures.ts'
import { isRefused } from '../../service/port-probe.ts'
import type { Exit } from '../../../processes/session.ts'
import { callEngine, type Asked } from '../../../containers/engine/call-engine.ts'
import type { NetworkPlace } from '../../../containers/engine/network-place.ts'
import type { Service } from '../../service.ts'

export interface Proven extends Asked {
  readonly name: Service['name']
  /** Created and started. */
  readonly container: Dockerode.Container
  /** Where its port is published; refused while it is down. */
  readonly published: { readonly host: string; readonly port: number }
}

const proofMs = 5_000
const unprovenKind = { code: 'CHAOS_FAULT_UNPROVEN', kind: 'assumption' } as const

/** Proves that it is down: the engine says how it ended, connections are refused. @param sinceMs when it was struck */
export async function down(
  proven: Proven,
  exited: Promise<Exit>,
  sinceMs: number,
  signal?: NodeJS.Signals,
): Promise<Evidence> {
  const { name, published } = proven
  const deadline = Deadline.after(proofMs)
  const exit = await deadline.race(exited, { what: `${name} to exit`, ...unprovenKind })
  if (signal !== undefined && exit.signal !== signal) throw unseen(name, `to end by ${signal}`)
  const attempt = async () => ((await isRefused(published.port, published.host)) ? true : undefined)
  await deadline.poll(attempt, { what: `port ${published.port} to be closed`, ...unprovenKind, everyMs: 5 })
  const { Status, FinishedAt } = await inspected(proven)
  return {
    ...named(proven),
    state: Status,
    exitCode: exit.code,
    exitSignal: exit.signal,
    finishedAt: FinishedAt,
    exitedMs: round(exit.atMs - sinceMs),
    refusedMs: since(sinceMs),
  }
}

/** @throws ChaosError `CHAOS_FAULT_UNPROVEN` where the engine says that it is in another state */
export async function shown(
  proven: Proven,
  status: string,
): Promise<Dockerode.ContainerInspectInfo['State']> {
  const state = await inspected(proven)
  if (state.Status !== status) throw unseen(proven.name, `to be ${status}: the engine says ${state.Status}`)
  return state
}

export async function inspected(proven: Proven): Promise<Dockerode.ContainerInspectInfo['State']> {
  return (await callEngine(proven, 'inspect', (container) => container.inspect())).State
}

/** @throws ChaosError `CHAOS_FAULT_UNPROVEN` where the engine still has it in the network */
export async function left(proven: Proven, network: NetworkPlace): Promise<void> {
  if (!(await callEngine(proven, 'inspect', (container) => network.stillIn(container)))) return
  throw unseen(proven.name, `to have left the network ${network.name}`)
}

/** As people name it on the command line. */
export function named({ container }: Proven): Evidence {
  return { container: container.id.slice(0, 12) }
}

function unseen(name: Service['name'], what: string): ChaosError {
  return new ChaosError(`${name} was not seen ${what}`, unprovenKind)
}
