// The harness's own way to the Temporal service: not the workers', and quick to come back after an outage.
import { Client, Connection } from '@temporalio/client'
import { ChaosError } from '../errors.ts'

export interface Observer extends AsyncDisposable {
  readonly client: Client
  readonly namespace: string
}

/**
 * Connects to a frontend that serves. Its channel reconnects within 100 ms, where gRPC's default backoff would
 * place an answer seconds after the service is back.
 * @throws ChaosError `CHAOS_SERVICE_UNREACHABLE`
 */
export async function openObserver(address: string, namespace: string): Promise<Observer> {
  try {
    const connection = await Connection.connect({
      address,
      connectTimeout: 10_000,
      channelArgs: {
        'grpc.initial_reconnect_backoff_ms': 20,
        'grpc.min_reconnect_backoff_ms': 20,
        'grpc.max_reconnect_backoff_ms': 100,
      },
    })
    return {
      client: new Client({ connection, namespace }),
      namespace,
      [Symbol.asyncDispose]: () => connection.close(),
    }
  } catch (thrown) {
    throw new ChaosError(`no Temporal frontend at ${address}`, {
      code: 'CHAOS_SERVICE_UNREACHABLE',
      cause: thrown,
    })
  }
}
