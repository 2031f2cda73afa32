// The services of the cluster, for scenarios whose runs have one of their own.
import type { Service } from '../../cluster/service.ts'
import { clusterShared } from '../cluster-shared.ts'
import type { ScenarioService } from '../context.ts'
import type { ScenarioRunOptions } from '../run-options.ts'
import type { BackgroundWork } from './background-work.ts'
import { createScenarioService, type ScenarioServiceOptions } from './service-controls.ts'

export interface ScenarioServicesOptions extends Omit<ScenarioServiceOptions, 'service' | 'onStarted'> {
  readonly run: Pick<ScenarioRunOptions, 'scenario' | 'cluster' | 'worker'>
  readonly background: BackgroundWork
}

/** @throws ChaosError `CHAOS_CLUSTER_SHARED` from either, if the scenario's runs share their cluster */
export function scenarioServices(options: ScenarioServicesOptions) {
  const { run, background, ...controls } = options
  const { scenario, cluster, worker } = run
  const assertOwn = ({ name }: Service) => {
    if (scenario.isolation === 'own-cluster') return
    throw clusterShared(scenario.name, name)
  }
  return {
    server(): ScenarioService {
      assertOwn(cluster.server)
      // A worker that was up all along polls again by a backoff of its own: that is a part of the waiting.
      const onStarted = () => {
        if (worker.isUp) background.watch((deadline) => worker.notePolling(deadline))
      }
      return createScenarioService({ ...controls, service: cluster.server, onStarted })
    },
    postgres(): ScenarioService {
      assertOwn(cluster.postgres)
      return createScenarioService({ ...controls, service: cluster.postgres, onStarted: () => {} })
    },
  }
}

export function isServing({ isUp, isPaused, isDisconnected }: Service): boolean {
  return isUp && !isPaused && !isDisconnected
}
