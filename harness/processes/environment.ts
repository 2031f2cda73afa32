// The environment a child gets: listed, so that nothing of the harness's own (NODE_OPTIONS, vitest's, secrets) leaks in.
import { markVariable } from './process-row.ts'

const inherited = [
  'PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR',
  'SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS',
] // prettier-ignore

const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy']

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
  return { ...picked(own, inherited), ...extra, [markVariable]: sessionId }
}

/**
 * What a program that downloads something gets besides. Nothing else gets it: proxies come with passwords, and
 * whatever is under test speaks to this machine only.
 */
export function proxyEnvironment(own: NodeJS.ProcessEnv): Record<string, string> {
  const listed = (own['NO_PROXY'] ?? own['no_proxy'] ?? '').split(',').map((host) => host.trim())
  const hosts = [...new Set([...listed, ...loopback])].filter((host) => host !== '').join(',')
  return { ...picked(own, proxies), NO_PROXY: hosts, no_proxy: hosts }
}

function picked(own: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]] as const])),
  )
}
