// What the harness knows about gRPC itself: how fast a channel comes back, and the codes that it tells apart.

/** The status code of a call for something that exists already. */
const alreadyExists = 6

/** gRPC's default backoff starts at a second and grows: an answer would come seconds after the service is back. */
export function quickReconnects(maxBackoffMs: number) {
  return {
    'grpc.initial_reconnect_backoff_ms': 20,
    'grpc.min_reconnect_backoff_ms': 20,
    'grpc.max_reconnect_backoff_ms': maxBackoffMs,
    // grpc-js would send even loopback traffic to a proxy of the environment.
    'grpc.enable_http_proxy': 0,
  }
}

export function isAlreadyExists(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === alreadyExists
}
