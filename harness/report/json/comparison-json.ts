// `compare.json`: a comparison of profiles for other programs.
import path from 'node:path'
import { comparisonSchema } from '../../result/comparison.ts'
import { writeAtomically } from '../files.ts'
import type { ComparisonReporter } from '../reporter.ts'
import { renderJson } from './json.ts'

export function comparisonJsonReporter(folder: string): ComparisonReporter {
  const name = 'compare.json'
  return {
    onProfileFinished: async (comparison) =>
      writeAtomically(path.join(folder, name), renderJson(name, comparisonSchema, comparison)),
  }
}
