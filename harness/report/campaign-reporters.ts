// The files that a campaign, or a comparison, leaves in its folder.
import { comparisonJsonReporter } from './json/comparison-json.ts'
import { timingReporter } from './json/timing.ts'
import { junitReporter } from './junit/junit.ts'
import { comparisonMarkdownReporter } from './markdown/comparison-markdown.ts'
import type { ComparisonReporter, Reporter } from './reporter.ts'

/** @param folder an existing folder */
export function campaignReporters(folder: string): readonly Reporter[] {
  return [timingReporter(folder), junitReporter(folder)]
}

/** @param folder an existing folder */
export function comparisonReporters(folder: string): readonly ComparisonReporter[] {
  return [comparisonJsonReporter(folder), comparisonMarkdownReporter(folder)]
}
