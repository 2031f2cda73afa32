// Creates Temporal's databases with Temporal's own tool, in a container that exits by itself.
import type Dockerode from 'dockerode'
import { Deadline } from '../../../core/deadline.ts'
import { ChaosError } from '../../../core/errors.ts'
import { schemaSteps, superuser } from '../../service/databases.ts'
import { diskFullOr } from '../../../core/disk-full.ts'
import { tailOf } from '../../../processes/log-tail.ts'
import { databaseInside } from './addresses.ts'
import { endOfContainer } from '../../../containers/container-end.ts'
import { containerLog } from '../../../containers/container-log.ts'
import { explainFailedStart, unfitHint } from '../../../containers/engine/failures.ts'
import type { DockerEnvironment } from './docker-environment.ts'
import { removeContainer } from '../../../containers/cleanup/remove-container.ts'
import { copyInto, startContainer } from '../../../containers/start-container.ts'

/** The tool starts its work once this file exists. */
const goFile = '/tmp/go'

/** The tool needs one to two seconds. */
const madeWithinMs = 60_000

export interface SchemaTool extends AsyncDisposable {
  /**
   * Call it once the database serves.
   * @throws ChaosError `CHAOS_SCHEMA_FAILED`, `CHAOS_IMAGE_UNFIT`, `CHAOS_DISK_FULL`; the environment's
   *   reason if the cluster ends
   */
  makeDatabases(): Promise<void>
}

/**
 * Starts the container beside the database, because both take as long, and lets the tool wait.
 * @throws ChaosError `CHAOS_IMAGE_UNFIT`, …
 */
export async function openSchemaTool(environment: DockerEnvironment, password: string): Promise<SchemaTool> {
  const { engine, images, network, session } = environment
  const image = images.adminTools
  const container = await explainFailedStart(image, () =>
    startContainer({
      engine,
      sessionId: session.id,
      network,
      alias: 'admin-tools',
      image,
      user: '1000:1000',
      entrypoint: ['sh', '-c'],
      command: [`until [ -e ${goFile} ]; do sleep 0.05; done\n${schemaScript()}`],
      env: {
        SQL_PLUGIN: 'postgres12',
        SQL_HOST: databaseInside.host,
        SQL_PORT: String(databaseInside.port),
        SQL_USER: superuser,
        SQL_PASSWORD: password,
      },
      memoryGiB: 1,
    }),
  )
  return {
    async makeDatabases() {
      await copyInto(container, { [goFile]: 'go' })
      await untilMade(environment, container)
    },
    [Symbol.asyncDispose]: () => removeContainer(container),
  }
}

/** @throws as `makeDatabases` does */
export async function untilMade(
  { signal, images }: Pick<DockerEnvironment, 'signal' | 'images'>,
  container: Dockerode.Container,
): Promise<void> {
  const exit = await Deadline.after(madeWithinMs, signal).race(endOfContainer(container), {
    what: `temporal-sql-tool in ${images.adminTools} to make the databases`,
    code: 'CHAOS_SCHEMA_FAILED',
    hint: 'Most often a firewall of this machine lets nothing pass between containers: the tool would try for minutes.',
  })
  if (exit.code === 0) return
  if (exit.code === noToolCode) throw toolMissing(images.adminTools)
  const log = containerLog(container, `the log of ${images.adminTools}`)
  throw new ChaosError(
    `temporal-sql-tool in ${images.adminTools} could not make the databases:\n${await tailOf(log, 8)}`,
    diskFullOr(await log.end(), log.disk, { code: 'CHAOS_SCHEMA_FAILED' }),
  )
}

/** The exit code of a shell that does not find a program. */
const noToolCode = 127

function toolMissing(image: string): ChaosError {
  return new ChaosError(`${image} does not meet the contract: temporal-sql-tool is not on its PATH`, {
    code: 'CHAOS_IMAGE_UNFIT',
    hint: unfitHint,
  })
}

/** Creates both databases side by side. Fails if one of them fails, and at once if the tool is missing. */
export function schemaScript(): string {
  const making = Object.entries(schemaSteps).map(([database, steps]) =>
    steps.map((step) => ['temporal-sql-tool', '--database', database, ...step].join(' ')).join(' && '),
  )
  const begun = making.map((commands, index) => `(${commands}) & p${index}=$!`).join('\n')
  const waited = making.map((_, index) => `wait "$p${index}" || failed=1`).join('\n')
  return `command -v temporal-sql-tool >/dev/null || exit ${noToolCode}\nfailed=0\n${begun}\n${waited}\nexit $failed`
}
