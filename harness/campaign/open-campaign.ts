// What a campaign owns: its session, its clusters and the tools of its runs. All of it ends with the campaign.
import path from 'node:path'
import { openBackend } from '../cluster/open-backend.ts'
import type { Config } from '../config/config.ts'
import { settleBoth } from '../core/settle-both.ts'
import { UnderTest } from '../processes/under-test.ts'
import { openSession } from '../sessions/open-session.ts'
import { importDataConverter } from '../temporal/data-converter.ts'
import type { OpenPayloadReader } from './cluster-slot.ts'
import { ClusterSlots } from './cluster-slots.ts'
import { hostsFor } from './hosts.ts'
import type { CampaignPlan } from './plan.ts'
import type { RunParts } from './run-parts.ts'
import { openRunTools, type RunTools } from './run-tools.ts'

export interface OpenCampaignOptions {
  readonly plan: CampaignPlan
  readonly config: Config
  readonly env: NodeJS.ProcessEnv
  /** The campaign's report folder. */
  readonly folder: string
  readonly signal: AbortSignal
  /** What is being done before the first run, in words. */
  readonly onProgress: (what: string) => void
}

export interface OpenCampaign extends AsyncDisposable {
  readonly slots: ClusterSlots
  readonly tools: RunTools
}

/** @throws what the signal was aborted with, or a ChaosError of whatever did not start; nothing is left running then */
export async function openCampaign(options: OpenCampaignOptions, parts: RunParts): Promise<OpenCampaign> {
  const { plan, config, env, signal, folder, onProgress } = options
  await using building = new AsyncDisposableStack()
  const harnessSession = building.use(await openSession())
  signal.throwIfAborted()
  const underTest = new UnderTest(harnessSession)
  const systemSession = underTest.session
  const { frontendPort, clusters } = parts
  const backend = {
    name: plan.backend,
    config,
    session: systemSession,
    env,
    signal,
    onProgress,
    frontendPort,
  }
  const startCluster = clusters === null ? await openBackend(backend) : clusters(signal, systemSession)
  const hostFor = await hostsFor(config, systemSession, env)
  const logs = path.join(folder, 'logs')
  // The bundle is made while the cluster comes up: they need nothing of each other.
  const [slots, tools] = await settleBoth(
    ClusterSlots.open({ startCluster, logs, openReader: readerBy(parts), onProgress }).then((opened) =>
      building.use(opened),
    ),
    openRunTools({ harnessSession, underTest, hostFor, parts, signal }).then((opened) =>
      building.use(opened),
    ),
  )
  const owned = building.move()
  return { slots, tools, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

function readerBy({ dataConverter, openReader }: RunParts): OpenPayloadReader | null {
  if (openReader !== null || dataConverter === null) return openReader
  return async () => ({ dataConverter: await importDataConverter(dataConverter) })
}
