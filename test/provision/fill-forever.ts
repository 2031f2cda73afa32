// Run as its own process by the test of a killed lock holder: provisions from a server that never answers.
import { openSession } from '../../harness/sessions/open-session.ts'
import { provision } from '../../harness/cluster/provision/provision.ts'

await using session = await openSession()
await provision({
  config: { temporalServer: undefined, temporalSqlTool: undefined, temporalMirror: process.argv[2] ?? '' },
  session,
  env: process.env,
  signal: new AbortController().signal,
  onProgress: () => undefined,
})
