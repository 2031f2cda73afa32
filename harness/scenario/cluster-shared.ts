// The error of a scenario that would inject faults into a cluster which its run shares with others.
import { ChaosError } from '../core/errors.ts'

export function clusterShared(scenario: string, service: string): ChaosError {
  return new ChaosError(`${scenario} uses ${service}, but its runs share their cluster`, {
    code: 'CHAOS_CLUSTER_SHARED',
    hint: "Give the scenario `isolation: 'own-cluster'`: each of its runs then has the cluster alone.",
  })
}
