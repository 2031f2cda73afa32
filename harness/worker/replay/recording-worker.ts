// Replays histories and keeps the commands that the workflow code came to, which the SDK itself compares only by their kind.
import proto, { type coresdk, type temporal } from '@temporalio/proto'
import { Worker, type ReplayWorkerOptions } from '@temporalio/worker'

type Command = coresdk.workflow_commands.IWorkflowCommand
type History = temporal.api.history.v1.IHistory

export interface ReplayResult {
  readonly runId: string
  /** What the SDK's own comparison says; undefined if the history replays. */
  readonly error: Error | undefined
  readonly commands: readonly Command[]
}

interface RecordedHistory {
  readonly workflowId: string
  readonly history: History
}

/** Where the histories come from: workflow code can see both names, and may put them into arguments. */
export interface ReplayPlace {
  readonly taskQueue: string
  readonly namespace: string
}

/** In the order of the histories. @throws what the SDK throws if it cannot replay them at all */
export async function* replayHistories(
  options: ReplayWorkerOptions,
  place: ReplayPlace,
  histories: readonly RecordedHistory[],
): AsyncGenerator<ReplayResult> {
  let commands: Command[] = []
  const Recording = recordingWorker((command) => commands.push(command))
  // The SDK's type leaves the place out, yet its replay worker takes it from here (1.24: `constructReplayWorker`).
  const placed: ReplayWorkerOptions = Object.assign({}, options, place)
  for await (const { runId, error } of Recording.runReplayHistories(placed, histories)) {
    yield { runId, error, commands }
    commands = []
  }
}

/** A worker class of the SDK whose native part is watched: whatever it answers the core with passes by here. */
function recordingWorker(onCommand: (command: Command) => void): typeof Worker {
  return class RecordingWorker extends Worker {
    protected static override nativeWorkerCtor: typeof Worker.nativeWorkerCtor = {
      ...Worker.nativeWorkerCtor,
      async createReplay(...given) {
        const replay = await Worker.nativeWorkerCtor.createReplay(...given)
        const { worker } = replay
        const complete = worker.completeWorkflowActivation
        worker.completeWorkflowActivation = async (completion) => {
          const { successful } = decodeCompletion(completion)
          for (const command of successful?.commands ?? []) onCommand(command)
          return complete(completion)
        }
        return replay
      },
    }
  }
}

function decodeCompletion(completion: Uint8Array) {
  return proto.coresdk.workflow_completion.WorkflowActivationCompletion.decodeDelimited(
    new Uint8Array(completion),
  )
}
