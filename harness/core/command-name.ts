// How users call the command, for every hint that tells them to.
import { isPackage } from './assets.ts'

/** Without arguments: `pnpm chaos` in the checkout, `npx temporal-chaos` in a project with the package. */
export const commandName = isPackage ? 'npx temporal-chaos' : 'pnpm chaos'
