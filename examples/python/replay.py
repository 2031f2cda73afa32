import asyncio
import json
import sys
from pathlib import Path

from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from workflows import OrderWorkflow


async def main(folder: Path) -> None:
    replayer = Replayer(workflows=[OrderWorkflow])
    for entry in json.loads((folder / "index.json").read_text()):
        text = (folder / entry["file"]).read_text()
        history = WorkflowHistory.from_json(entry["workflowId"], text)
        result = await replayer.replay_workflow(history, raise_on_replay_failure=False)
        failure = result.replay_failure
        line = {"file": entry["file"], "ok": failure is None}
        print(json.dumps(line if failure is None else {**line, "message": str(failure)}))


asyncio.run(main(Path(sys.argv[1])))
