// PostgreSQL: the base has it already, what is added is how it is started.
import { debianPostgresMajor, ownImages } from '../../harness/containers/images/images.ts'
import type { Image } from './image.ts'

export const postgres: Image = {
  key: 'postgres',
  name: ownImages.postgres,
  aliases: [],
  needsPostgres: true,
  files: [],
  versions: [debianPostgresMajor],
  fill: async () => undefined,
}
