// The services of the cluster, for scenarios whose runs have their own cluster.
import { serviceOf } from '../../cluster/capabilities.ts'
import type { Service } from '../../cluster/service.ts'
import { clusterShared } from '../cluster-shared.ts'
import type { ScenarioService } from '../targets.ts'
import type { ScenarioRunOptions } from '../run-options.ts'
import type { BackgroundWork } from './background-work.ts'
import { createScenarioService, type ScenarioServiceOptions } from './service-controls.ts'

export interface ScenarioServicesOptions extends Omit<ScenarioServiceOptions, 'service' | 'onStarted'> {
  readonly run: Pick<ScenarioRunOptions, 'scenario' | 'cluster' | 'workers'>
  readonly background: BackgroundWork
}

/**
 * @throws ChaosError from either: `CHAOS_CLUSTER_SHARED` if the scenario's runs share their cluster,
 *   `CHAOS_CAPABILITY_MISSING` if the services of this cluster are not in the hands of the harness
 */
export function scenarioServices(options: ScenarioServicesOptions) {
  const { run, background, ...controls } = options
  const { scenario, cluster, workers } = run
  const ownService = (name: Service['name']): Service => {
    if (scenario.isolation === 'own-cluster') return serviceOf(cluster, name, scenario.name)
    throw clusterShared(scenario.name, name)
  }
  return {
    server(): ScenarioService {
      // A worker that stayed up polls again by its own backoff, which is part of the wait.
      const onStarted = () => {
        for (const worker of workers.all) {
          if (worker.isUp) background.watch((deadline) => worker.notePolling(deadline))
        }
      }
      return createScenarioService({ ...controls, service: ownService('temporal-server'), onStarted })
    },
    postgres(): ScenarioService {
      return createScenarioService({ ...controls, service: ownService('postgres'), onStarted: () => {} })
    },
  }
}

export function isServing({ isUp, isPaused, isDisconnected }: Service): boolean {
  return isUp && !isPaused && !isDisconnected
}
