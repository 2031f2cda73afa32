// A report in one file, rendered from the campaign's result.
import type { CampaignResult } from '../result/campaign-result.ts'
import { writeAtomically } from './files.ts'
import { ReportWriter } from './report-writer.ts'
import type { Reporter } from './reporter.ts'

/**
 * If a result cannot be rendered or written, the file stays as it was.
 * @param file a path in an existing folder
 */
export function fileReporter(file: string, render: (result: CampaignResult) => string): Reporter {
  const writer = new ReportWriter(async (result) => writeAtomically(file, render(result)))
  return {
    onCampaignReady: (result) => writer.update(result),
    onRunFinished: ({ result }) => writer.update(result),
    onCampaignFinished: (result) => writer.finish(result),
  }
}
