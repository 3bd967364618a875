// A share consumer (KIP-932) as the driver's client. It keeps what the last poll returned, so that a script can
// acknowledge records by their values.
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

final class ShareClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaShareConsumer<String, String> consumer;
  private final List<ConsumerRecord<String, String>> polled = new ArrayList<>();

  ShareClient(Properties config, String topic) {
    consumer =
        new KafkaShareConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    consumer.subscribe(List.of(topic));
  }

  JsonNode act(JsonNode ask) {
    switch (ask.get("cmd").asText()) {
      case "sharePoll":
        return poll(ask.get("withinMs").asLong());
      case "shareAcknowledge":
        return acknowledge(ask.get("type").asText(), ask.get("values"));
      case "shareCommit":
        return commit();
      case "shareClose":
        consumer.close();
        return JsonNodeFactory.instance.nullNode();
      default:
        throw new IllegalArgumentException(ask.toString());
    }
  }

  /**
   * One poll, however long: each further one would ask for records anew, and might fetch more of them while
   * those of the one before are on their way.
   */
  private JsonNode poll(long withinMs) {
    ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(withinMs));
    polled.clear();
    ArrayNode told = JSON.createArrayNode();
    for (ConsumerRecord<String, String> each : records) {
      polled.add(each);
      ObjectNode one = told.addObject();
      one.put("partition", each.partition());
      one.put("offset", each.offset());
      one.put("value", each.value());
      one.put("count", each.deliveryCount().orElse((short) 0));
    }
    return told;
  }

  private JsonNode acknowledge(String type, JsonNode values) {
    for (ConsumerRecord<String, String> each : polled) {
      if (values.isNull() || isAmong(values, each.value())) {
        consumer.acknowledge(each, AcknowledgeType.valueOf(type));
      }
    }
    return JsonNodeFactory.instance.textNode("ok");
  }

  private static boolean isAmong(JsonNode values, String value) {
    for (JsonNode each : values) {
      if (each.asText().equals(value)) {
        return true;
      }
    }
    return false;
  }

  private JsonNode commit() {
    TreeSet<String> errors = new TreeSet<>();
    consumer
        .commitSync()
        .values()
        .forEach(error -> error.ifPresent(e -> errors.add(e.getClass().getSimpleName())));
    return JsonNodeFactory.instance.textNode(errors.isEmpty() ? "ok" : String.join(", ", errors));
  }
}
