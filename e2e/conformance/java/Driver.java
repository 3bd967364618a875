// One Kafka client in a process of its own, told what to do on stdin and telling what came of it on stdout,
// one JSON object a line. Its application decides nothing: the script does. It is made to be killed.
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

public final class Driver {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ONE_POLL = Duration.ofMillis(100);

  private final LinkedBlockingQueue<JsonNode> asked = new LinkedBlockingQueue<>();
  private final List<Future<RecordMetadata>> unflushed = new ArrayList<>();
  private final TreeSet<String> had = new TreeSet<>();
  private final TreeSet<String> revoked = new TreeSet<>();
  private KafkaProducer<String, String> producer;
  private KafkaConsumer<String, String> consumer;
  private ShareClient share;
  private boolean joining = false;
  private RuntimeException thrown;

  public static void main(String[] words) throws Exception {
    new Driver().run();
  }

  private void run() throws Exception {
    Thread reader = new Thread(this::read, "stdin");
    reader.setDaemon(true);
    reader.start();
    while (true) {
      JsonNode next = joining ? asked.poll() : asked.take();
      if (next != null) {
        answer(next);
      } else {
        pollWithoutRecords();
      }
    }
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        asked.add(JSON.readTree(line));
      }
    } catch (Exception error) {
      error.printStackTrace();
    }
    // Whoever asked is gone.
    Runtime.getRuntime().halt(0);
  }

  private void answer(JsonNode ask) throws Exception {
    ObjectNode said = JSON.createObjectNode();
    said.set("id", ask.get("id"));
    try {
      said.set("result", act(ask));
    } catch (ExecutionException error) {
      said.put("error", error.getCause().getClass().getSimpleName());
    } catch (RuntimeException error) {
      said.put("error", error.getClass().getSimpleName());
    }
    System.out.println(JSON.writeValueAsString(said));
    System.out.flush();
  }

  private JsonNode act(JsonNode ask) throws Exception {
    switch (ask.get("cmd").asText()) {
      case "producer":
        producer =
            new KafkaProducer<>(
                config(ask.get("config")), new StringSerializer(), new StringSerializer());
        return JSON.nullNode();
      case "consumer":
        consumer =
            new KafkaConsumer<>(
                config(ask.get("config")), new StringDeserializer(), new StringDeserializer());
        List<String> topics = new ArrayList<>();
        ask.get("topics").forEach(each -> topics.add(each.asText()));
        consumer.subscribe(topics, new Listener());
        return JSON.nullNode();
      case "shareStart":
        share = new ShareClient(config(ask.get("config")), ask.get("topic").asText());
        return JSON.nullNode();
      case "sharePoll":
      case "shareAcknowledge":
      case "shareCommit":
      case "shareClose":
        return share.act(ask);
      case "send":
        return send(ask);
      case "flush":
        return flush();
      case "join":
        revoked.clear();
        had.clear();
        consumer.assignment().forEach(each -> had.add(each.toString()));
        joining = true;
        return JSON.nullNode();
      case "state":
        return state();
      case "settle":
        joining = false;
        consumer.resume(consumer.paused());
        return state();
      case "poll":
        return poll(ask.get("count").asInt(), ask.get("withinMs").asLong());
      case "commitSync":
        consumer.commitSync();
        return JSON.getNodeFactory().textNode("ok");
      case "commitAsync":
        consumer.commitAsync();
        return JSON.getNodeFactory().textNode("sent");
      case "initTransactions":
        producer.initTransactions();
        return ok();
      case "beginTransaction":
        producer.beginTransaction();
        return ok();
      case "commitTransaction":
        producer.commitTransaction();
        return ok();
      case "abortTransaction":
        producer.abortTransaction();
        return ok();
      case "groupMetadata":
        return Transactions.metadataOf(consumer);
      case "sendOffsets":
        Transactions.sendOffsets(producer, ask);
        return ok();
      case "close":
        consumer.close();
        return JSON.nullNode();
      default:
        throw new IllegalArgumentException(ask.toString());
    }
  }

  private static JsonNode ok() {
    return JSON.getNodeFactory().textNode("ok");
  }

  private static Properties config(JsonNode fields) {
    Properties config = new Properties();
    fields.fields().forEachRemaining(each -> config.put(each.getKey(), each.getValue().asText()));
    return config;
  }

  private JsonNode send(JsonNode ask) throws Exception {
    JsonNode partition = ask.get("partition");
    JsonNode key = ask.get("key");
    Future<RecordMetadata> future =
        producer.send(
            new ProducerRecord<>(
                ask.get("topic").asText(),
                partition.isNull() ? null : partition.asInt(),
                key.isNull() ? null : key.asText(),
                ask.get("value").isNull() ? null : ask.get("value").asText()));
    if (ask.get("later").asBoolean()) {
      unflushed.add(future);
      return JSON.nullNode();
    }
    return JSON.getNodeFactory().textNode(outcome(future));
  }

  private static String outcome(Future<RecordMetadata> future) throws Exception {
    RecordMetadata at = future.get();
    return at.hasOffset() ? at.partition() + "@" + at.offset() : "sent";
  }

  private JsonNode flush() throws Exception {
    producer.flush();
    ArrayNode outcomes = JSON.createArrayNode();
    for (Future<RecordMetadata> each : unflushed) {
      try {
        outcomes.add(outcome(each));
      } catch (ExecutionException error) {
        outcomes.add(error.getCause().getClass().getSimpleName());
      }
    }
    unflushed.clear();
    return outcomes;
  }

  /** Group business happens inside poll; with everything paused, no record is returned by it. */
  private void pollWithoutRecords() {
    try {
      consumer.pause(consumer.assignment());
      consumer.poll(ONE_POLL);
    } catch (RuntimeException error) {
      // An application would end by it; this one is asked for it first.
      thrown = error;
      joining = false;
    }
  }

  private JsonNode poll(int count, long withinMs) {
    long untilMs = System.currentTimeMillis() + withinMs;
    ArrayNode records = JSON.createArrayNode();
    while (records.size() < count && System.currentTimeMillis() < untilMs) {
      for (ConsumerRecord<String, String> each : consumer.poll(ONE_POLL)) {
        ObjectNode one = records.addObject();
        one.put("topic", each.topic());
        one.put("partition", each.partition());
        one.put("offset", each.offset());
        one.put("value", each.value());
      }
    }
    return records;
  }

  private JsonNode state() {
    if (thrown != null) {
      throw thrown;
    }
    ObjectNode state = JSON.createObjectNode();
    state.put("generation", consumer.groupMetadata().generationId());
    ArrayNode has = state.putArray("has");
    consumer.assignment().stream()
        .map(TopicPartition::toString)
        .sorted()
        .forEach(has::add);
    ArrayNode gave = state.putArray("revoked");
    revoked.stream().filter(had::contains).forEach(gave::add);
    return state;
  }

  private final class Listener implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (joining) {
        consumer.pause(partitions);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      partitions.forEach(each -> revoked.add(each.toString()));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      partitions.forEach(each -> revoked.add(each.toString()));
    }
  }
}
