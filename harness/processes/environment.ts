// The environment a child gets: listed, so that nothing of the harness's own (NODE_OPTIONS, vitest's, secrets) leaks in.
import { markVariable } from './process-row.ts'

const inherited = [
  'PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR',
  'SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS',
  'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy',
] // prettier-ignore

const loopback = ['127.0.0.1', 'localhost', '::1']

/**
 * @param own the harness's environment
 * @param extra what the caller adds; wins over what is inherited, but not over the session's mark
 */
export function childEnvironment(
  own: NodeJS.ProcessEnv,
  sessionId: string,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const kept = inherited.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]] as const]))
  return {
    ...Object.fromEntries(kept),
    ...directToLoopback(own),
    ...extra,
    [markVariable]: sessionId,
  }
}

/** A proxy must never stand between a worker and a server on this machine. */
function directToLoopback(own: NodeJS.ProcessEnv): Record<string, string> {
  const listed = (own['NO_PROXY'] ?? own['no_proxy'] ?? '').split(',').map((host) => host.trim())
  const hosts = [...new Set([...listed, ...loopback])].filter((host) => host !== '').join(',')
  return { NO_PROXY: hosts, no_proxy: hosts }
}
