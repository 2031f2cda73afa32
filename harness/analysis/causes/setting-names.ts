// The settings that a cause can name, as each SDK spells them. A team looks for the setting in its own code.

/** In the words of the TypeScript SDK, which are also the harness's own. */
const workerSettings = [
  'stickyQueueScheduleToStartTimeout',
  'workflowTaskTimeout',
  'maxConcurrentActivityTaskExecutions',
  'heartbeatTimeout',
  'startToCloseTimeout',
  'scheduleToStartTimeout',
  'scheduleToCloseTimeout',
  'retry.initialInterval',
  'retry.maximumInterval',
] as const
type WorkerSetting = (typeof workerSettings)[number]
type Spelling = Readonly<Record<WorkerSetting, string>>

/** sdk-typescript: worker-options.ts, workflow-options.ts, activity-options.ts, retry-policy.ts. */
const typescript = Object.fromEntries(workerSettings.map((name) => [name, name])) as Spelling

/** sdk-python: temporalio/worker/_worker.py, client/_client.py, workflow/_activities.py, common.py. */
const python: Spelling = {
  stickyQueueScheduleToStartTimeout: 'Worker(sticky_queue_schedule_to_start_timeout=…)',
  workflowTaskTimeout: 'start_workflow(task_timeout=…)',
  maxConcurrentActivityTaskExecutions: 'Worker(max_concurrent_activities=…)',
  heartbeatTimeout: 'execute_activity(heartbeat_timeout=…)',
  startToCloseTimeout: 'execute_activity(start_to_close_timeout=…)',
  scheduleToStartTimeout: 'execute_activity(schedule_to_start_timeout=…)',
  scheduleToCloseTimeout: 'execute_activity(schedule_to_close_timeout=…)',
  'retry.initialInterval': 'RetryPolicy(initial_interval=…)',
  'retry.maximumInterval': 'RetryPolicy(maximum_interval=…)',
}

/** sdk-go: internal/worker.go, internal/client.go (StartWorkflowOptions, RetryPolicy), internal/activity.go. */
const go: Spelling = {
  stickyQueueScheduleToStartTimeout: 'worker.Options.StickyScheduleToStartTimeout',
  workflowTaskTimeout: 'client.StartWorkflowOptions.WorkflowTaskTimeout',
  maxConcurrentActivityTaskExecutions: 'worker.Options.MaxConcurrentActivityExecutionSize',
  heartbeatTimeout: 'workflow.ActivityOptions.HeartbeatTimeout',
  startToCloseTimeout: 'workflow.ActivityOptions.StartToCloseTimeout',
  scheduleToStartTimeout: 'workflow.ActivityOptions.ScheduleToStartTimeout',
  scheduleToCloseTimeout: 'workflow.ActivityOptions.ScheduleToCloseTimeout',
  'retry.initialInterval': 'temporal.RetryPolicy.InitialInterval',
  'retry.maximumInterval': 'temporal.RetryPolicy.MaximumInterval',
}

/** sdk-java: the builders of WorkerOptions, WorkflowOptions, ActivityOptions and RetryOptions. */
const java: Spelling = {
  stickyQueueScheduleToStartTimeout: 'WorkerOptions.setStickyQueueScheduleToStartTimeout',
  workflowTaskTimeout: 'WorkflowOptions.setWorkflowTaskTimeout',
  maxConcurrentActivityTaskExecutions: 'WorkerOptions.setMaxConcurrentActivityExecutionSize',
  heartbeatTimeout: 'ActivityOptions.setHeartbeatTimeout',
  startToCloseTimeout: 'ActivityOptions.setStartToCloseTimeout',
  scheduleToStartTimeout: 'ActivityOptions.setScheduleToStartTimeout',
  scheduleToCloseTimeout: 'ActivityOptions.setScheduleToCloseTimeout',
  'retry.initialInterval': 'RetryOptions.setInitialInterval',
  'retry.maximumInterval': 'RetryOptions.setMaximumInterval',
}

/** sdk-dotnet: TemporalWorkerOptions.cs, WorkflowOptions.cs, Workflows/ActivityOptions.cs, RetryPolicy.cs. */
const dotnet: Spelling = {
  stickyQueueScheduleToStartTimeout: 'TemporalWorkerOptions.StickyQueueScheduleToStartTimeout',
  workflowTaskTimeout: 'WorkflowOptions.TaskTimeout',
  maxConcurrentActivityTaskExecutions: 'TemporalWorkerOptions.MaxConcurrentActivities',
  heartbeatTimeout: 'ActivityOptions.HeartbeatTimeout',
  startToCloseTimeout: 'ActivityOptions.StartToCloseTimeout',
  scheduleToStartTimeout: 'ActivityOptions.ScheduleToStartTimeout',
  scheduleToCloseTimeout: 'ActivityOptions.ScheduleToCloseTimeout',
  'retry.initialInterval': 'RetryPolicy.InitialInterval',
  'retry.maximumInterval': 'RetryPolicy.MaximumInterval',
}

/** sdk-ruby: lib/temporalio/{worker,client,retry_policy}.rb, worker/tuner.rb, workflow.rb. */
const ruby: Spelling = {
  stickyQueueScheduleToStartTimeout: 'Worker.new(sticky_queue_schedule_to_start_timeout: …)',
  workflowTaskTimeout: 'start_workflow(task_timeout: …)',
  maxConcurrentActivityTaskExecutions: 'Worker::Tuner.create_fixed(activity_slots: …)',
  heartbeatTimeout: 'execute_activity(heartbeat_timeout: …)',
  startToCloseTimeout: 'execute_activity(start_to_close_timeout: …)',
  scheduleToStartTimeout: 'execute_activity(schedule_to_start_timeout: …)',
  scheduleToCloseTimeout: 'execute_activity(schedule_to_close_timeout: …)',
  'retry.initialInterval': 'RetryPolicy.new(initial_interval: …)',
  'retry.maximumInterval': 'RetryPolicy.new(max_interval: …)',
}

/** Temporal's API, which every SDK fills in: workflowservice.proto, common.proto. It has none for slots. */
const api: Spelling = {
  stickyQueueScheduleToStartTimeout: 'StickyExecutionAttributes.schedule_to_start_timeout',
  workflowTaskTimeout: 'StartWorkflowExecutionRequest.workflow_task_timeout',
  maxConcurrentActivityTaskExecutions: 'the number of activities that the worker runs at once',
  heartbeatTimeout: 'heartbeat_timeout',
  startToCloseTimeout: 'start_to_close_timeout',
  scheduleToStartTimeout: 'schedule_to_start_timeout',
  scheduleToCloseTimeout: 'schedule_to_close_timeout',
  'retry.initialInterval': 'RetryPolicy.initial_interval',
  'retry.maximumInterval': 'RetryPolicy.maximum_interval',
}

/** By the name under which the SDK stands in a history. */
const spellings: ReadonlyMap<string, Spelling> = new Map([
  ['temporal-typescript', typescript],
  ['temporal-python', python],
  ['temporal-go', go],
  ['temporal-java', java],
  ['temporal-dotnet', dotnet],
  ['temporal-ruby', ruby],
])

/** In the words of an SDK, or of Temporal's API if it is not known. The server's settings keep their name. */
export function settingIn(sdkName: string | undefined, setting: string): string {
  const spelling = spellings.get(sdkName ?? '') ?? api
  return isWorkerSetting(setting) ? spelling[setting] : setting
}

function isWorkerSetting(setting: string): setting is WorkerSetting {
  return workerSettings.some((name) => name === setting)
}
