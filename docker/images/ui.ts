// Temporal's UI, built by the machine's Go from the module pinned in docker/ui; its pages are inside the
// binary.
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../../harness/core/make-folder.ts'
import { ChaosError } from '../../harness/core/errors.ts'
import { ownImages, uiVersion } from '../../harness/containers/images/images.ts'
import { goEnvironment } from '../../harness/cluster/provision/go-environment.ts'
import { GoProgress } from '../../harness/cluster/provision/go-progress.ts'
import { findGo } from '../../harness/cluster/provision/go.ts'
import { platformOf } from '../../harness/config/temporal-release.ts'
import type { Image, Site } from './image.ts'
import { inCheckout } from './recipe.ts'
import { run } from './run.ts'

const uiModule = 'github.com/temporalio/ui-server/v2'
const flags = ['-v', '-trimpath', '-buildvcs=false', '-ldflags=-s -w']
const configFile = 'config/docker.yaml'

/** What of the build's environment is not the user's; for which processor is the engine's business. */
const ours = JSON.stringify(goEnvironment({}, { os: 'linux', arch: 'amd64' }, ''))

export const ui: Image = {
  key: 'ui',
  name: ownImages.ui,
  aliases: [],
  needsPostgres: false,
  files: ['docker/ui/go.mod', 'docker/ui/go.sum'],
  versions: [uiVersion, `go build ${flags.join(' ')} ${uiModule}`, ours, configFile],
  fill: buildUi,
}

async function buildUi(site: Site, context: string): Promise<void> {
  const { arch } = platformOf() ?? {}
  if (arch === undefined) throw new ChaosError(`no build for ${process.arch}`, { code: 'CHAOS_BUILD_FAILED' })
  const go = await findGo(site.env, site.signal)
  const temporary = join(site.session.folder, 'go')
  await makeFolder(temporary)
  const common = {
    file: go.path,
    cwd: inCheckout('docker/ui'),
    // A container's, whatever this machine is.
    env: goEnvironment(site.env, { os: 'linux', arch }, temporary),
    code: 'CHAOS_BUILD_FAILED',
  } as const
  const progress = new GoProgress()
  await run(site, {
    ...common,
    args: ['build', ...flags, '-o', join(context, 'ui-server'), `${uiModule}/cmd/server`],
    doing: `building Temporal's UI ${uiVersion} with ${go.version}`,
    stepOf(line) {
      progress.read(line)
      // How many packages there are in all is known of Temporal's server only.
      return progress.text.replace(/ of about \d+/, '')
    },
  })
  const folder = await run(site, {
    ...common,
    args: ['list', '-m', '-f', '{{.Dir}}', uiModule],
    doing: "looking for the UI's configuration",
  })
  await copyFile(join(folder.trim(), configFile), join(context, 'docker.yaml'))
}
