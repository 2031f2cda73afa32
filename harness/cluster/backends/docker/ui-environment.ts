// What Temporal's web interface is told by its environment; docker/compose.yaml says the same (a test compares).

/** Its default. */
export const uiPortInside = 8080

export interface UiPlace {
  /** The Temporal frontend, as containers of its network reach it. */
  readonly server: { readonly host: string; readonly port: number }
  /** By which browsers reach its page. */
  readonly hosts: readonly string[]
  /** At which browsers reach its page. */
  readonly port: number | string
}

export function uiEnvironment({ server, hosts, port }: UiPlace): Record<string, string> {
  return {
    TEMPORAL_ADDRESS: `${server.host}:${server.port}`,
    TEMPORAL_CORS_ORIGINS: hosts.map((host) => `http://${host}:${port}`).join(),
    // It is spoken to without TLS.
    TEMPORAL_CSRF_COOKIE_INSECURE: 'true',
    // It would ask the internet.
    TEMPORAL_DISABLE_NEWS_FETCH: 'true',
  }
}
