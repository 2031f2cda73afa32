// The configuration of a Temporal server of one node.
import { stringify } from 'yaml'
import { databases, superuser } from './databases.ts'

/** Kept over restarts of the server: its members know each other by them. */
export const serverPortNames = [
  'frontend',
  'frontendMembership',
  'history',
  'historyMembership',
  'matching',
  'matchingMembership',
  'worker',
  'workerMembership',
  'metrics',
] as const

export type ServerPorts = Readonly<Record<(typeof serverPortNames)[number], number>>

export interface TemporalConfig {
  readonly ports: ServerPorts
  readonly database: { readonly host: string; readonly port: number; readonly password: string }
  /** The address that each role listens on. */
  readonly bindOnIP: Readonly<Record<Role, string>>
  readonly dynamicConfigFile: string
}

const loopback = '127.0.0.1'

export type Role = 'frontend' | 'history' | 'matching' | 'worker' | 'metrics'

export const loopbackOnly: TemporalConfig['bindOnIP'] = {
  frontend: loopback,
  history: loopback,
  matching: loopback,
  worker: loopback,
  metrics: loopback,
}

/**
 * The settings of Temporal's development configuration for PostgreSQL; its members talk over the loopback
 * address.
 */
export function renderTemporalConfig(config: TemporalConfig): string {
  const { ports, bindOnIP } = config
  return stringify({
    log: { stdout: true, level: 'info' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: 4,
      datastores: {
        default: { sql: database(config, databases.main, 20) },
        visibility: { sql: database(config, databases.visibility, 10) },
      },
    },
    global: {
      membership: { maxJoinDuration: '30s', broadcastAddress: loopback },
      metrics: {
        prometheus: { timerType: 'histogram', listenAddress: `${bindOnIP.metrics}:${ports.metrics}` },
      },
    },
    services: {
      frontend: service(ports.frontend, ports.frontendMembership, bindOnIP.frontend),
      history: service(ports.history, ports.historyMembership, bindOnIP.history),
      matching: service(ports.matching, ports.matchingMembership, bindOnIP.matching),
      worker: service(ports.worker, ports.workerMembership, bindOnIP.worker),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `${loopback}:${ports.frontend}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: config.dynamicConfigFile, pollInterval: '10s' },
  })
}

/**
 * How often the server saves the progress of its queues. After a SIGKILL it repeats all tasks since the last
 * save. With the default of 30 s, a server that is killed often would repeat those of earlier runs.
 */
const checkpoints = [
  'transferProcessorUpdateAckInterval',
  'timerProcessorUpdateAckInterval',
  'visibilityProcessorUpdateAckInterval',
  'outboundProcessorUpdateAckInterval',
  'shardFirstUpdateInterval',
  'shardUpdateMinInterval',
] as const

/** As few settings as possible: everything that recovery depends on stays as users have it. */
export function renderDynamicConfig(): string {
  const systemNamespace = { namespace: 'temporal-system' }
  return stringify({
    'frontend.WorkflowTimeSkippingEnabled': [{ value: true }],
    // A search attribute that was just added is seen at once, not when a cache expires.
    'system.forceSearchAttributesCacheRefreshOnRead': [{ value: true }],
    ...Object.fromEntries(checkpoints.map((name) => [`history.${name}`, [{ value: '5s' }]])),
    // Background work that delays the start and is useless in a cluster that lives for minutes.
    'worker.taskQueueScannerEnabled': [{ value: false }],
    'worker.historyScannerEnabled': [{ value: false }],
    'matching.numTaskqueueReadPartitions': [{ value: 1, constraints: systemNamespace }],
    'matching.numTaskqueueWritePartitions': [{ value: 1, constraints: systemNamespace }],
  })
}

function database(config: TemporalConfig, databaseName: string, connections: number) {
  return {
    pluginName: 'postgres12',
    databaseName,
    connectAddr: `${config.database.host}:${config.database.port}`,
    connectProtocol: 'tcp',
    user: superuser,
    password: config.database.password,
    maxConns: connections,
    maxIdleConns: connections,
    maxConnLifetime: '1h',
  }
}

function service(grpcPort: number, membershipPort: number, bindOnIP: string) {
  return { rpc: { grpcPort, membershipPort, bindOnIP } }
}
