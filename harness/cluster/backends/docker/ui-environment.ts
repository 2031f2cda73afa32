// The environment of Temporal's web interface. docker/compose.yaml has the same values; a test compares them.

/** The interface's default port. */
export const uiPortInside = 8080

export interface UiPlace {
  /** The Temporal frontend, as containers of its network reach it. */
  readonly server: { readonly host: string; readonly port: number }
  /** The host name that browsers use. */
  readonly hosts: readonly string[]
  /** The port that browsers use. */
  readonly port: number | string
}

export function uiEnvironment({ server, hosts, port }: UiPlace): Record<string, string> {
  return {
    TEMPORAL_ADDRESS: `${server.host}:${server.port}`,
    TEMPORAL_CORS_ORIGINS: hosts.map((host) => `http://${host}:${port}`).join(),
    // Browsers use it without TLS.
    TEMPORAL_CSRF_COOKIE_INSECURE: 'true',
    // The check for a new version would ask the internet.
    TEMPORAL_DISABLE_NEWS_FETCH: 'true',
  }
}
