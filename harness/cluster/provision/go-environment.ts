// The environment of the build: the user decides where Go fetches and caches, the harness decides how it builds.
import type { Platform } from '../../config/temporal-release.ts'

const kept = [
  'PATH', 'HOME', 'TMPDIR', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'SSL_CERT_FILE', 'SSL_CERT_DIR',
  'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy',
  'GOAUTH', 'GOCACHE', 'GOCACHEPROG', 'GODEBUG', 'GOENV', 'GOGC', 'GOINSECURE', 'GOMAXPROCS', 'GOMEMLIMIT',
  'GOMODCACHE', 'GONOPROXY', 'GONOSUMDB', 'GOPATH', 'GOPRIVATE', 'GOPROXY', 'GOROOT', 'GOSUMDB', 'GOVCS',
  // Modules that come straight from a repository are fetched by git.
  'GIT_ASKPASS', 'GIT_CONFIG_GLOBAL', 'GIT_SSH', 'GIT_SSH_COMMAND', 'NETRC', 'SSH_AUTH_SOCK',
] // prettier-ignore

/** @param temporaryFolder the compiler's own, so that a killed build leaves nothing in the machine's */
export function goEnvironment(
  env: NodeJS.ProcessEnv,
  platform: Platform,
  temporaryFolder: string,
): Record<string, string> {
  const users = kept.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]))
  return {
    ...Object.fromEntries(users),
    GOTOOLCHAIN: 'auto',
    GOOS: platform.os,
    GOARCH: platform.arch,
    CGO_ENABLED: '0',
    GO111MODULE: 'on',
    GOWORK: 'off',
    // In place of the user's, which could turn on another module mode or build mode.
    GOFLAGS: '-mod=readonly',
    GOTMPDIR: temporaryFolder,
  }
}
