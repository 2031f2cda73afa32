package orders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
import java.nio.file.Files;
import java.nio.file.Path;

public class Replay {
  public static void main(String[] args) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    Path folder = Path.of(args[0]);
    for (JsonNode entry : mapper.readTree(folder.resolve("index.json").toFile())) {
      String file = entry.get("file").asText();
      ObjectNode line = mapper.createObjectNode().put("file", file);
      try {
        String json = Files.readString(folder.resolve(file));
        WorkflowReplayer.replayWorkflowExecution(
            WorkflowExecutionHistory.fromJson(json, entry.get("workflowId").asText()),
            OrderWorkflowImpl.class);
        line.put("ok", true);
      } catch (Exception e) {
        line.put("ok", false).put("message", String.valueOf(e.getMessage()));
      }
      System.out.println(line);
    }
    System.exit(0);
  }
}
