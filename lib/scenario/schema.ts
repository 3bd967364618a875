// The scenario document, version 1, as a schema. Its output is exactly `Scenario` in types.ts, which the
// compiler checks in schema.test.ts; what refers to something else is checked in references.ts.
import * as z from 'zod/mini'
import { limits } from './limits.ts'
import {
  closed,
  duration,
  field,
  json,
  label,
  list,
  name,
  oneOfThem,
  range,
  settings,
  slug,
  text,
  title,
  whole,
} from './schema-parts.ts'
import { story } from './schema-story.ts'

const kafka = closed({
  broker: field(
    z._default(z.literal('kafka'), 'kafka'),
    'Broker',
    'Which broker carries the story.',
  ),
  version: field(z._default(z.literal('4.1'), '4.1'), 'Version', 'The release that is modelled.'),
  nodes: field(z._default(whole(1, limits.nodes), 3), 'Nodes', 'How many broker nodes there are.'),
  topics: field(
    z.record(
      slug(),
      closed({
        partitions: field(
          z._default(whole(1, limits.partitions), 3),
          'Partitions',
          'How many partitions the topic has.',
        ),
        settings: field(
          z._default(settings(), {}),
          'Topic settings',
          'Settings of the topic by their real names, e.g. "replication.factor".',
        ),
      }),
    ),
    'Topics',
    'One topic for each stream of the story, under the same name.',
  ),
  brokerSettings: field(
    z._default(settings(), {}),
    'Broker settings',
    'Settings of the broker nodes by their real names.',
  ),
  producer: field(
    z._default(settings(), {}),
    'Producer settings',
    'Settings of every producer by their real names, e.g. "enable.idempotence".',
  ),
  consumer: field(
    z._default(settings(), {}),
    'Consumer settings',
    'Settings of every consumer by their real names, e.g. "session.timeout.ms".',
  ),
  producers: field(
    z._default(z.record(slug(), settings()), {}),
    'Per producer',
    'Settings of one producer, by its id; they override `producer`.',
  ),
  services: field(
    z._default(z.record(slug(), settings()), {}),
    'Per service',
    'Settings of one service’s consumers, by its id; they override `consumer`.',
  ),
  shareGroups: field(
    z.exactOptional(z.record(slug(), settings())),
    'Share groups',
    'Which services read as a share group (KIP-932), by their id, with the group’s settings; their share consumers’ own stand in `services`.',
  ),
  latencyMs: field(
    z._default(range(), [80, 120]),
    'Latency',
    'How long anything is under way between two actors, one way, [min, max] ms.',
  ),
})

const rabbitmq = closed({
  broker: field(z.literal('rabbitmq'), 'Broker', 'Which broker carries the story.'),
  version: field(
    z._default(z.enum(['4.3', '4.0']), '4.3'),
    'Version',
    'The release that is modelled: behaviour differs.',
  ),
  brokerSettings: field(
    z._default(settings(), {}),
    'Broker settings',
    'Settings of the node by their real names.',
  ),
  producer: field(
    z._default(settings(), {}),
    'Producer settings',
    'Settings of every publisher, e.g. "confirm.select".',
  ),
  consumer: field(
    z._default(settings(), {}),
    'Consumer settings',
    'Settings of every consumer, e.g. "prefetch_count".',
  ),
  producers: field(
    z._default(z.record(slug(), settings()), {}),
    'Per producer',
    'Settings of one producer, by its id; they override `producer`.',
  ),
  services: field(
    z._default(z.record(slug(), settings()), {}),
    'Per service',
    'Settings of one service’s consumers, by its id; they override `consumer`.',
  ),
  queue: field(
    z._default(settings(), {}),
    'Queue arguments',
    'Arguments of every service’s queue, e.g. "x-queue-type".',
  ),
  queues: field(
    z._default(z.record(slug(), settings()), {}),
    'Per queue',
    'Arguments of one service’s queue, by the service’s id; they override `queue`.',
  ),
  unbound: field(
    z._default(list(slug(), 0, limits.services), []),
    'Unbound',
    'Services whose queue nobody has bound: what is published does not reach them.',
  ),
  latencyMs: field(
    z._default(range(), [80, 120]),
    'Latency',
    'How long anything is under way between two actors, one way, [min, max] ms.',
  ),
})

const anchor = closed({
  actor: field(
    slug(),
    'Actor',
    'An actor, or a service or producer: whichever of its instances stands there.',
  ),
  stage: field(
    z.exactOptional(name()),
    'Stage',
    'Where it stands in its work, e.g. "effect applied".',
  ),
  message: field(
    z.exactOptional(name()),
    'Message',
    'The id of the event it works on; without it, any.',
  ),
  nth: field(
    z.exactOptional(whole(1, limits.messages)),
    'Nth',
    'The how manieth time it stands there; without it, the first.',
  ),
  atMs: field(
    z.exactOptional(duration()),
    'At',
    'Instead of a stage: a moment of simulated time, ms.',
  ),
})

const faultPlan = closed({
  fault: field(slug(), 'Fault', 'What happens: an entry of the fault catalogue.'),
  at: field(anchor, 'Anchor', 'When it happens: a moment that is the same under other settings.'),
  line: field(z.exactOptional(slug()), 'Line', 'For faults of a line: the actor at its other end.'),
  forMs: field(
    z.exactOptional(duration()),
    'Lasts',
    'How long it lasts before it heals, for faults that heal, ms.',
  ),
  arg: field(
    z.exactOptional(z.number().check(z.minimum(0), z.maximum(limits.messages))),
    'Argument',
    'What some faults need besides: an offset, a number of partitions, a factor.',
  ),
})

const moment = closed({
  title: field(title(), 'Title', 'Named on the timeline.'),
  text: field(text(0, limits.textLength), 'Text', 'What there is to see.'),
  atMs: field(duration(), 'At', 'When, in simulated time, ms.'),
})

const actorAction = closed({
  actor: field(label(), 'Actor', 'Who acts, e.g. "payments-0".'),
  rule: field(label(), 'Rule', 'What it does, by the name of the rule, e.g. "Commit".'),
  arg: field(z.exactOptional(json()), 'Argument', 'What it does it to, where there is a choice.'),
  via: field(z.exactOptional(label()), 'Via', 'By which of its lines what it takes has come.'),
  nth: field(
    z.exactOptional(whole(0, limits.messages)),
    'Nth',
    'Which of those that wait there it takes, counted from 0; without it, the first.',
  ),
})

const lineAction = closed({
  link: field(label(), 'Line', 'Which line.'),
  rule: field(
    z.enum(['CutConnection', 'SlowLink', 'RestoreLink']),
    'Rule',
    'What becomes of the line.',
  ),
  arg: field(
    z.exactOptional(z.number().check(z.minimum(0), z.maximum(limits.messages))),
    'Argument',
    'How many times slower it gets.',
  ),
})

const action = oneOfThem(
  [actorAction, lineAction],
  'an action: { actor, rule, arg?, via?, nth? } or { link, rule, arg? }',
)

/** What a verdict can be at rest: 'holds so far' is said only of a run that goes on. */
const verdict = z.enum(['holds', 'broken', 'not exercised', 'not promised'])

export const scenarioSchema = closed({
  version: field(z.literal(1), 'Version', 'Of the document’s form.'),
  id: field(slug(), 'Id', 'The scenario’s name in links and file names; kebab-case.'),
  title: field(title(), 'Title', 'What people read.'),
  summary: field(
    z._default(text(0, limits.textLength), ''),
    'Summary',
    'What happens and what to watch, in one to three sentences.',
  ),
  seed: field(
    z._default(name(), '1'),
    'Seed',
    'Fixes every delay: the same scenario and seed give the same steps.',
  ),
  story: field(story, 'Story', 'Who publishes, who listens and what follows: no broker word.'),
  deployment: field(
    z.discriminatedUnion('broker', [kafka, rabbitmq]),
    'Deployment',
    'The broker and its settings, in its own words.',
  ),
  faults: field(
    z._default(list(faultPlan, 0, limits.faults), []),
    'Faults',
    'What goes wrong, each anchored to a moment.',
  ),
  checks: field(
    z._default(z.array(slug()), ['no-loss', 'no-duplicate-effect', 'per-key-order']),
    'Checks',
    'Ids of the invariants that are shown and judged, in this order.',
  ),
  expect: field(
    z._default(z.record(slug(), verdict), {}),
    'Expect',
    'The verdicts that this scenario claims at rest, by invariant id.',
  ),
  moments: field(
    z._default(list(moment, 0, limits.moments), []),
    'Moments',
    'Points of the run worth a note.',
  ),
  script: field(
    z.exactOptional(list(action, 1, limits.script)),
    'Script',
    'What happens first, step by step, as "npm run explore" finds it; faults are among it. The seed goes on.',
  ),
})
z.globalRegistry.add(scenarioSchema, {
  title: 'Scenario',
  description: 'A scenario of At Least Once: a story, its deployment and what goes wrong.',
})
