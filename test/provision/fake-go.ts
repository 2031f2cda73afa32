// A `go` for tests: a shell script that answers `go version` and "builds" at once, or fails, or never ends.
import { versionScript } from './release-server.ts'

export interface FakeGo {
  /** @default 'go1.26.8' */
  readonly version?: string
  /** The version that the built binaries report. */
  readonly builds: string
  /** Shell lines before anything is written. @default none */
  readonly before?: string
}

export function goScript({ version = 'go1.26.8', builds, before = '' }: FakeGo): string {
  return `#!/bin/sh
if [ "$1" = version ]; then echo "go version ${version} linux/amd64"; exit 0; fi
while [ $# -gt 0 ]; do
  if [ "$1" = -o ]; then out=$2; fi
  shift
done
echo "go: downloading go.temporal.io/server v1.32.2" >&2
echo "errors" >&2
${before}
/bin/cat > "$out/server" <<'END'
${versionScript('temporal', builds)}END
/bin/cat > "$out/sql" <<'END'
${versionScript('temporal-sql-tool', builds)}END
/bin/chmod 755 "$out/server" "$out/sql"
`
}
