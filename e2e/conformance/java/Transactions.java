// What a read-process-write application does between its consumer and its producer. Here the two are in two
// processes, and the script carries positions and group metadata from one to the other.
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

final class Transactions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Transactions() {}

  static JsonNode metadataOf(KafkaConsumer<String, String> consumer) {
    ConsumerGroupMetadata metadata = consumer.groupMetadata();
    ObjectNode told = JSON.createObjectNode();
    told.put("group", metadata.groupId());
    told.put("generation", metadata.generationId());
    told.put("member", metadata.memberId());
    ArrayNode offsets = told.putArray("offsets");
    for (TopicPartition each : consumer.assignment()) {
      ObjectNode one = offsets.addObject();
      one.put("topic", each.topic());
      one.put("partition", each.partition());
      one.put("offset", consumer.position(each));
    }
    return told;
  }

  static void sendOffsets(KafkaProducer<String, String> producer, JsonNode ask) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (JsonNode each : ask.get("offsets")) {
      TopicPartition partition =
          new TopicPartition(each.get("topic").asText(), each.get("partition").asInt());
      offsets.put(partition, new OffsetAndMetadata(each.get("offset").asLong()));
    }
    ConsumerGroupMetadata metadata =
        new ConsumerGroupMetadata(
            ask.get("group").asText(),
            ask.get("generation").asInt(),
            ask.get("member").asText(),
            Optional.empty());
    producer.sendOffsetsToTransaction(offsets, metadata);
  }
}
